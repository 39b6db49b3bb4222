package dev.cordon.runtime;

import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestTrapException;
import dev.cordon.error.InternalException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The edge between guest and host: whatever a guest makes the JVM throw becomes one typed error
 * here.
 */
final class Boundary {
    /** What no tag of any module is. */
    private static final int NO_TAG = -1;

    private final GuestShape shape;

    Boundary(GuestShape shape) {
        this.shape = shape;
    }

    long[] run(GuestState s, Supplier<long[]> guest) {
        return s.store.run(s, () -> contained(s, guest, false));
    }

    /**
     * The same for a call from a linked instance, which may catch what the guest threw; as it knows
     * none of the guest's tags, only by what catches everything.
     */
    long[] runLinked(GuestState s, Supplier<long[]> guest) {
        return s.store.run(s, () -> contained(s, guest, true));
    }

    private long[] contained(GuestState s, Supplier<long[]> guest, boolean linked) {
        try {
            long[] results = guest.get();
            s.tank.settle();
            return results;
        } catch (CordonException e) {
            throw e;
        } catch (WasmException e) {
            if (linked) {
                throw new GuestException(NO_TAG, e.args());
            }
            throw trap(s, message(e), e);
        } catch (Trap | IndexOutOfBoundsException | ArithmeticException e) {
            throw trap(s, message(e), e);
        } catch (ChicoryException e) {
            throw trap(s, message(e), e);
        } catch (StackOverflowError e) {
            throw s.quota(
                    ErrorCode.CALL_DEPTH_EXCEEDED,
                    "nested its calls deeper than the JVM's stack holds",
                    "lower the call-depth quota, or call from a thread with a larger stack");
        } catch (OutOfMemoryError e) {
            throw s.quota(
                    ErrorCode.MEMORY_EXCEEDED,
                    "needed more memory than the JVM has left",
                    "lower the memory quota, or give the JVM a larger heap");
        } catch (LinkageError
                | NullPointerException
                | ClassCastException
                | IllegalStateException e) {
            throw new InternalException(
                    ErrorCode.INTERNAL,
                    shape.plugin(),
                    "the engine failed: " + e,
                    "report it with the plugin that shows it",
                    e);
        }
    }

    private static String message(RuntimeException e) {
        if (e instanceof IndexOutOfBoundsException) {
            return Trap.MEMORY_BOUNDS;
        }
        if (e instanceof ArithmeticException) {
            return "integer divide by zero";
        }
        if (e instanceof WasmException) {
            return "uncaught exception";
        }
        return e.getMessage() == null ? "trap" : e.getMessage();
    }

    /** A trap after a growth that was refused is what became of the quota. */
    private CordonException trap(GuestState s, String what, RuntimeException cause) {
        if (s.memoryRefused) {
            String most =
                    s.store.heldRefused
                            ? "the " + s.store.mostHeld + " bytes that its caller had left"
                            : s.limits.memoryBytes() + " bytes";
            return s.quota(
                    ErrorCode.MEMORY_EXCEEDED,
                    "could not grow its memory past " + most + ", and trapped: " + what,
                    "raise the memory quota");
        }
        if (s.tableRefused) {
            return s.quota(
                    ErrorCode.TABLE_EXCEEDED,
                    "could not grow its tables past "
                            + s.limits.tableElements()
                            + " elements, and trapped: "
                            + what,
                    "raise the table-elements quota");
        }
        return new GuestTrapException(shape.plugin(), what, guestStack(s, cause), cause);
    }

    /** Functions by name, from the JVM's stack where they are compiled. */
    private List<String> guestStack(GuestState s, Throwable cause) {
        List<String> frames = new ArrayList<>();
        String generated = ModuleLayout.PACKAGE.replace('/', '.');
        for (StackTraceElement element : cause.getStackTrace()) {
            if (frames.size() == TrappedFunctions.MAX_FRAMES) {
                break;
            }
            if (element.getClassName().equals(LinkedCall.class.getName())) {
                break; // functions of another module, by numbers of their own
            }
            String method = element.getMethodName();
            if (element.getClassName().startsWith(generated) && method.matches("f[0-9]+")) {
                frames.add(shape.functionName(Integer.parseInt(method.substring(1))));
            }
        }
        List<Integer> interpreted = s.trapped.take();
        if (frames.isEmpty()) {
            interpreted.forEach(function -> frames.add(shape.functionName(function)));
        }
        return frames;
    }
}
