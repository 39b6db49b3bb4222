package dev.cordon.guest;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.extism.ExtismMemory;
import dev.cordon.http.HttpAnswer;
import dev.cordon.runtime.GuestInstance;
import dev.cordon.runtime.Trap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One call of an Extism guest: its blocks, and which of them are input, output and error text. Not
 * thread-safe.
 *
 * <p>The one place where handles become bytes. Blocks count to the call's memory quota, beside
 * linear memory; the input counts once the guest writes to it.
 */
final class ExtismSession implements ExtismMemory {
    private final GuestInstance guest;
    private final GuestCall call;
    private final ExtismVariables variables;
    private final ExtismStore store = new ExtismStore();
    private ExtismRange input = ExtismRange.EMPTY;
    private ExtismRange output = ExtismRange.EMPTY;
    private ExtismRange error = ExtismRange.EMPTY;
    private final long responseBytes;
    private @Nullable HttpAnswer answer;

    ExtismSession(GuestInstance guest, GuestCall call, HostImports imports) {
        this.guest = guest;
        this.call = call;
        this.variables = imports.variables();
        this.responseBytes = imports.responseBytes();
        call.holds(store::held);
        byte[] payload = call.input();
        if (payload.length > 0 && store.fits(0, room())) {
            ExtismBlock block = ExtismBlock.borrowing(payload);
            input = new ExtismRange(store.add(block), block, 0, payload.length);
        }
    }

    GuestCall call() {
        return call;
    }

    GuestInstance guest() {
        return guest;
    }

    ExtismVariables variables() {
        return variables;
    }

    ExtismStore store() {
        return store;
    }

    ExtismRange input() {
        return input;
    }

    ExtismRange output() {
        return output;
    }

    ExtismRange error() {
        return error;
    }

    /** Largest body of a response over HTTP. */
    long responseBytes() {
        return responseBytes;
    }

    /** What the last request over HTTP was answered with; null before. */
    @Nullable HttpAnswer httpAnswer() {
        return answer;
    }

    /** Takes note of an answer; null while there is none. */
    void answered(@Nullable HttpAnswer next) {
        answer = next;
    }

    /** What blocks may count beside those that there are. */
    long left() {
        return Math.max(0, room() - store.held());
    }

    /** Says which bytes are the input; ignores what is not a part of a block. */
    void setInput(long handle, long length) {
        ExtismRange range = range(handle, length);
        if (range != null) {
            input = range;
        }
    }

    /** Says which bytes are the result; ignores what is not a part of a block. */
    void setOutput(long handle, long length) {
        ExtismRange range = range(handle, length);
        if (range != null) {
            guest.charge(range.length() >>> 3); // they will be copied when the call ends
            output = range;
        }
    }

    /** Says which block is the error text; 0 takes it back, anything else is ignored. */
    void setError(long handle) {
        ExtismBlock block = store.findStart(handle);
        if (block != null) {
            guest.charge(block.length() >>> 3);
            error = new ExtismRange(handle, block, 0, block.length());
        } else if (handle == ExtismStore.NONE) {
            error = ExtismRange.EMPTY;
        }
    }

    private @Nullable ExtismRange range(long handle, long length) {
        if (length == 0) {
            return ExtismRange.EMPTY;
        }
        ExtismBlock block = store.find(handle);
        if (block == null) {
            return null;
        }
        long offset = ExtismStore.offset(handle);
        if (length < 0 || offset > block.length() - length) {
            return null;
        }
        store.revive(handle, block);
        return new ExtismRange(handle, block, (int) offset, (int) length);
    }

    /** A new block of zeros, or 0 if the guest may not hold it. */
    long allocate(long length) {
        if (length == 0) {
            return ExtismStore.NONE;
        }
        if (!store.fits(length, room())) {
            call.noteRefused(RefusedQuota.BLOCKS);
            return ExtismStore.NONE;
        }
        guest.charge(length >>> 3);
        return store.add(ExtismBlock.of(new byte[(int) length]));
    }

    /** Forgets a block, unless it is the result or the error text: those are the host's now. */
    void free(long handle) {
        if (output.isIn(handle) || error.isIn(handle)) {
            return;
        }
        if (input.isIn(handle)) {
            input = ExtismRange.EMPTY;
        }
        store.free(handle);
    }

    /** Forgets everything. */
    void reset() {
        store.clear();
        input = ExtismRange.EMPTY;
        output = ExtismRange.EMPTY;
        error = ExtismRange.EMPTY;
    }

    /** A block's bytes to be written to; the caller's payload is copied before. */
    byte[] writable(ExtismBlock block) {
        if (block.isBorrowed()) {
            if (!store.fits(block.length(), room())) {
                throw tooMuch();
            }
            guest.charge(block.length() >>> 3);
            store.own(block);
        }
        return block.writable();
    }

    /** What blocks may count together now. */
    private long room() {
        long own = call.quota().memoryBytes() - guest.memoryBytes();
        return Math.min(own, call.budget().heldBytes() - guest.heldBytes());
    }

    /** The block that a handle is the start of; any other handle is a fault of the guest. */
    ExtismBlock block(long handle) {
        ExtismBlock block = store.findStart(handle);
        if (block == null) {
            throw new Trap("not the handle of a block: " + Long.toUnsignedString(handle));
        }
        return block;
    }

    @Override
    public byte[] read(long handle) {
        ExtismBlock block = block(handle);
        guest.charge(block.length() >>> 3);
        return block.bytes().clone();
    }

    @Override
    public String readText(long handle) {
        ExtismBlock block = block(handle);
        guest.charge(block.length() >>> 3);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(block.bytes());
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new Trap("a text is not UTF-8");
        }
    }

    @Override
    public long write(byte[] bytes) {
        if (bytes.length == 0) {
            return ExtismStore.NONE;
        }
        if (!store.fits(bytes.length, room())) {
            throw tooMuch();
        }
        guest.charge(bytes.length >>> 3);
        return store.add(ExtismBlock.of(bytes.clone()));
    }

    @Override
    public long writeText(String text) {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void charge(long fuel) {
        if (fuel < 0) {
            throw new IllegalArgumentException("fuel cannot be given back: " + fuel);
        }
        guest.charge(fuel);
    }

    @Override
    public String plugin() {
        return call.settings().plugin();
    }

    /** Hands error text or result to the call, once the guest has ended by itself. */
    void answer() {
        if (error.length() > 0) {
            error.copyTo(call.admitError(error.length()));
        } else {
            output.copyTo(call.admitOutput(output.length()));
        }
    }

    private QuotaExceededException tooMuch() {
        return new QuotaExceededException(
                ErrorCode.MEMORY_EXCEEDED,
                plugin(),
                "needed more blocks than its memory quota of "
                        + call.quota().memoryBytes()
                        + " bytes has room for",
                "raise the memory quota");
    }
}
