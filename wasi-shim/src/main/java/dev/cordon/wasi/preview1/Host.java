package dev.cordon.wasi.preview1;

import com.dylibso.chicory.runtime.Instance;
import dev.cordon.wasi.abi.MemoryReader;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.fs.Mount;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Traffic;
import dev.cordon.wasi.net.LentListener;
import dev.cordon.wasi.net.NetworkDoor;
import java.io.IOException;
import java.util.List;

/**
 * Everything outside of the guest that the functions reach during one run.
 *
 * <p>What its methods throw as {@link RuntimeException} ends the guest and reaches the embedder as
 * it is; {@link #threw} tells such an exception from a fault of ours.
 */
public interface Host extends MemoryReader {
    /**
     * The guest's arguments.
     *
     * @return each as UTF-8 with a zero byte at its end
     */
    List<byte[]> arguments();

    /**
     * The guest's environment.
     *
     * @return each {@code name=value} as UTF-8 with a zero byte at its end
     */
    List<byte[]> environment();

    /**
     * Makes the guest pay for a call.
     *
     * @param instance who calls
     * @param function the function's name
     * @param bytes how many bytes the call is about to copy
     */
    void charge(Instance instance, String function, long bytes);

    /**
     * Ends the guest if its time is up.
     *
     * @param instance who waits
     */
    void check(Instance instance);

    /**
     * How long the guest may still wait.
     *
     * @param instance who waits
     * @return nanoseconds; {@link Long#MAX_VALUE} for no end
     */
    long nanosLeft(Instance instance);

    /**
     * Time of day.
     *
     * @return nanoseconds since 1970
     */
    long realtime();

    /**
     * Time that never goes back.
     *
     * @return nanoseconds since any moment
     */
    long monotonic();

    /**
     * How fine the guest may see time.
     *
     * @return nanoseconds; at least 1
     */
    long clockPrecision();

    /**
     * Fills an array with random bytes.
     *
     * @param target the array
     * @param offset where to start
     * @param length how many
     */
    void random(byte[] target, int offset, int length);

    /**
     * What standard input holds; never waits.
     *
     * @return how many bytes can be read now, 0 for none yet, -1 at the end
     * @throws IOException when the input is broken
     */
    long inputReady() throws IOException;

    /**
     * Reads standard input; never waits.
     *
     * @param target the array to fill
     * @param offset where to start
     * @param length how many at most
     * @return how many were read, 0 for none yet, -1 at the end
     * @throws IOException when the input is broken
     */
    int read(byte[] target, int offset, int length) throws IOException;

    /**
     * Writes standard output or standard error.
     *
     * @param descriptor 1 or 2
     * @param source the bytes
     * @param offset where they start
     * @param length how many
     * @throws IOException when the output is broken
     */
    void write(int descriptor, byte[] source, int offset, int length) throws IOException;

    /**
     * The directories that the guest finds open.
     *
     * @return in the order of their descriptors
     */
    List<Mount> mounts();

    /**
     * The sockets that the guest may accept connections on.
     *
     * @return in the order of their descriptors
     */
    List<LentListener> listeners();

    /**
     * What the guest may reach by opening sockets itself.
     *
     * @return the door, which other runs may share
     */
    NetworkDoor network();

    /**
     * What the guest may use up.
     *
     * @return the ledger, which other runs may share
     */
    Ledger ledger();

    /**
     * What counts the bytes and files that are stored in a directory.
     *
     * @param mount one of {@link #mounts}
     * @return the directory's own ledger, if it has one, else {@link #ledger()}
     */
    Ledger ledger(Mount mount);

    /**
     * Takes note of bytes that went between the guest and the host.
     *
     * @param traffic which way they took
     * @param inbound whether the guest got them
     * @param bytes how many; at least 1
     */
    void moved(Traffic traffic, boolean inbound, long bytes);

    /**
     * Takes note of a decision about a path or an address.
     *
     * @param function the function's name
     * @param use what for
     * @param subject the path or address
     * @param allowed whether it goes on
     * @param reason why not; empty when it does
     */
    void decided(String function, Use use, String subject, boolean allowed, String reason);

    /**
     * Whether anybody has a say beside the rules.
     *
     * @return false when the rules alone decide
     */
    boolean hasApproval();

    /**
     * Asks for the last word on an address or a name.
     *
     * @param function the function's name
     * @param use what for
     * @param subject the address or name
     * @param byRule whether a rule allows it
     * @return whether it goes on
     */
    boolean approves(String function, Use use, String subject, boolean byRule);

    /** The session is closed; what was noted is told. */
    void closed();

    /**
     * The exception that unwinds a guest that asked to end.
     *
     * @param status all 32 bits of what the guest said
     * @return the exception to throw
     */
    RuntimeException exit(int status);

    /**
     * Whether an exception came out of one of these methods.
     *
     * @param failure what was caught
     * @return true when it is the embedder's and goes through as it is
     */
    boolean threw(RuntimeException failure);

    /**
     * Takes note of a fault of ours; the guest saw {@code EIO}.
     *
     * @param function the function's name
     * @param failure what went wrong
     */
    void failed(String function, Throwable failure);
}
