package dev.cordon.runtime;

import com.dylibso.chicory.runtime.WasmException;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The registers of one running guest: memory, globals, tables, and the fuel in its tank.
 *
 * <p>Every compiled function gets this object as a parameter. The public fields and static methods
 * are called by generated code, which lives in a class loader of its own; nobody else uses them.
 * Not thread-safe: a guest runs on one thread at a time.
 *
 * <p>Fuel is kept in two parts. {@link #fuel} is the slice at hand, an {@code int} that generated
 * code copies to a local variable; the rest waits in {@code reserve}. Taking the next slice is the
 * only slow path, and the one place where deadline and cancellation are looked at.
 */
public final class GuestState {
    /** No host function is running. */
    static final int OUTSIDE = -1;

    /** Linear memory; may be longer than {@link #limit}. */
    public byte[] memory = new byte[0];

    /** Bytes of linear memory that the guest has. */
    public int limit;

    /** The slice of fuel at hand; negative once the tank ran dry. */
    public int fuel;

    /** Values of the module's globals, as WebAssembly's raw 64 bits. */
    public long[] globals = new long[0];

    /** The module's tables. */
    public GuestTable[] tables = new GuestTable[0];

    final GuestShape shape;
    final GuestLimits limits;
    final GuestStore store;
    final FuelTank tank;
    final GuestMemory memoryView;
    private final HostCall[] hostFunctions;
    private final boolean[] droppedData;
    private final boolean[] droppedElements;
    private final GuestCode code;
    private final @Nullable GuestCode interpreter;
    int maxPages;
    boolean memoryRefused;
    boolean tableRefused;
    int tableElements;

    /** Interpreted functions that a trap has left, the innermost first. */
    final TrappedFunctions trapped = new TrappedFunctions();

    GuestState(
            GuestShape shape,
            GuestLimits limits,
            HostCall[] hostFunctions,
            GuestCode code,
            @Nullable GuestCode interpreter,
            GuestStore store) {
        this.store = store;
        this.tank = store.tank;
        this.shape = shape;
        this.limits = limits;
        this.hostFunctions = hostFunctions;
        this.code = code;
        this.interpreter = interpreter;
        this.droppedData = new boolean[shape.dataSegments().length];
        this.droppedElements = new boolean[shape.elements().length];
        this.memoryView = new GuestMemory(this);
        store.add(this);
    }

    // ---- fuel -------------------------------------------------------------------------------

    /** Pays {@code units} from the slice without looking whether it is empty. */
    static void pay(GuestState s, int units) {
        s.fuel -= units;
    }

    /** Pays {@code units} and stops the guest when the tank is empty. */
    static void payChecked(GuestState s, int units) {
        int left = s.fuel - units;
        if (left < 0) {
            left = refill(s.fuel, units, s) - units;
        }
        s.fuel = left;
    }

    /**
     * Takes further slices until {@code units} can be paid.
     *
     * @param have what is left of the slice
     * @param units what is about to be paid
     * @param s the guest
     * @return a slice with at least {@code units} in it
     */
    public static int refill(int have, int units, GuestState s) {
        return s.tank.refill(have, units);
    }

    /** Looks into the tank without paying, as a function returns or throws. */
    public static void settle(GuestState s) {
        if (s.fuel < 0) {
            s.fuel = refill(s.fuel, 0, s);
        }
    }

    /** Pays for work whose size is known only when it is done, such as a copy of bytes. */
    void charge(long units) {
        long left = fuel - units;
        if (left >= 0) {
            fuel = (int) left;
        } else {
            tank.chargeBeyondSlice(units);
        }
    }

    // ---- memory -----------------------------------------------------------------------------

    /** {@code memory.size}. */
    public static int memorySize(GuestState s) {
        return s.limit >>> 16;
    }

    /** {@code memory.grow}. */
    public static int memoryGrow(int pages, GuestState s) {
        return s.memoryView.grow(pages);
    }

    /** {@code memory.fill}. */
    public static void memoryFill(int at, int value, int length, GuestState s) {
        s.charge((length & 0xFFFF_FFFFL) >>> 3);
        Objects.checkFromIndexSize(at, length, s.limit);
        java.util.Arrays.fill(s.memory, at, at + length, (byte) value);
    }

    /** {@code memory.copy}. */
    public static void memoryCopy(int to, int from, int length, GuestState s) {
        s.charge((length & 0xFFFF_FFFFL) >>> 3);
        Objects.checkFromIndexSize(from, length, s.limit);
        Objects.checkFromIndexSize(to, length, s.limit);
        System.arraycopy(s.memory, from, s.memory, to, length);
    }

    /** {@code memory.init}. */
    public static void memoryInit(int to, int from, int length, int segment, GuestState s) {
        s.charge((length & 0xFFFF_FFFFL) >>> 3);
        byte[] data = s.droppedData[segment] ? NO_BYTES : s.shape.dataSegments()[segment].data();
        Objects.checkFromIndexSize(from, length, data.length);
        Objects.checkFromIndexSize(to, length, s.limit);
        System.arraycopy(data, from, s.memory, to, length);
    }

    /** {@code data.drop}. */
    public static void dataDrop(int segment, GuestState s) {
        s.droppedData[segment] = true;
    }

    private static final byte[] NO_BYTES = new byte[0];

    /** Whether the call may hold so much more; notes it if not. */
    boolean mayHold(long more) {
        if (more > store.mostHeld - store.heldBytes()) {
            store.heldRefused = true;
            memoryRefused = true;
            return false;
        }
        return true;
    }

    // ---- tables -----------------------------------------------------------------------------

    /** {@code table.get}. */
    public static int tableGet(int index, int table, GuestState s) {
        return s.tables[table].get(index);
    }

    /** {@code table.set}. */
    public static void tableSet(int index, int value, int table, GuestState s) {
        s.tables[table].set(index, value);
    }

    /** {@code table.size}. */
    public static int tableSize(int table, GuestState s) {
        return s.tables[table].size();
    }

    /** {@code table.grow}. */
    public static int tableGrow(int value, int elements, int table, GuestState s) {
        return s.tables[table].grow(elements, value, s);
    }

    /** {@code table.fill}. */
    public static void tableFill(int at, int value, int length, int table, GuestState s) {
        s.charge(length & 0xFFFF_FFFFL);
        s.tables[table].fill(at, value, length);
    }

    /** {@code table.copy}. */
    public static void tableCopy(
            int to, int from, int length, int toTable, int fromTable, GuestState s) {
        s.charge(length & 0xFFFF_FFFFL);
        s.tables[toTable].copyFrom(s.tables[fromTable], to, from, length);
    }

    /** {@code table.init}. */
    public static void tableInit(
            int to, int from, int length, int segment, int table, GuestState s) {
        s.charge(length & 0xFFFF_FFFFL);
        int[] elements =
                s.droppedElements[segment] ? NO_ELEMENTS : s.shape.elementValues(segment, s);
        s.tables[table].init(elements, to, from, length);
    }

    /** {@code elem.drop}. */
    public static void elementDrop(int segment, GuestState s) {
        s.droppedElements[segment] = true;
    }

    private static final int[] NO_ELEMENTS = new int[0];

    /**
     * Finds the function that {@code call_indirect} means.
     *
     * @param index element of the table
     * @param table which table
     * @param type canonical number of the expected type
     * @param s the guest
     * @return the function's index
     */
    public static int indirect(int index, int table, int type, GuestState s) {
        int function = element(index, table, s);
        requireType(function, type, s);
        return function;
    }

    /** The function in a table; whoever calls it must know that it has the expected type. */
    public static int element(int index, int table, GuestState s) {
        return s.tables[table].function(index);
    }

    /** Traps unless a function has the type whose canonical number is {@code type}. */
    public static void requireType(int function, int type, GuestState s) {
        if (s.shape.canonicalType(function) != type) {
            throw new Trap(Trap.INDIRECT_TYPE);
        }
    }

    /** {@code global.set}. */
    public static void globalSet(long value, int global, GuestState s) {
        s.globals[global] = value;
    }

    // ---- calls ------------------------------------------------------------------------------

    /** Calls any function of the module by its index; the way for cases that are rare. */
    public static long[] callAny(long[] args, int function, GuestState s, int depth) {
        return s.code.call(function, args, s, depth);
    }

    /** Runs a function that the JVM cannot hold. */
    public static long[] interpret(long[] args, int function, GuestState s, int depth) {
        return Objects.requireNonNull(s.interpreter).call(function, args, s, depth);
    }

    /** An array of one raw value. */
    public static long[] single(long value) {
        return new long[] {value};
    }

    /** Calls an imported function. */
    public static long[] callHost(long[] args, int function, GuestState s, int depth) {
        s.charge(Costs.HOST_CALL);
        HostCall host = s.hostFunctions[function];
        if (host instanceof LinkedCall linked) {
            return linked.call(args, depth);
        }
        int outer = s.store.hostDepth;
        s.store.hostDepth = depth;
        try {
            DeepStack onDeepStack = s.store.deep;
            long[] results =
                    onDeepStack == null ? host.call(args) : onDeepStack.callHost(host, args);
            s.tank.afterHost();
            return results == null ? NO_VALUES : results;
        } finally {
            s.store.hostDepth = outer;
        }
    }

    /**
     * Continues on a stack of our own what does not fit the caller's thread any more, or stops it.
     *
     * <p>A guest gets {@link Costs#INLINE_DEPTH} units of depth on the thread that called it, which
     * any thread has room for, and the rest of its quota on a thread with a stack made for it. So
     * the depth that a guest reaches is its quota's and not the luck of the thread.
     *
     * @param args the function's arguments
     * @param function which function
     * @param s the guest
     * @param depth what was left before this function took its part
     * @return the function's results
     */
    public static long[] deeper(long[] args, int function, GuestState s, int depth) {
        GuestStore store = s.store;
        int reserve = store.depthReserve;
        if (reserve <= 0) {
            throw store.tooDeep(s);
        }
        s.charge(Costs.DEEP_STACK);
        store.depthReserve = 0;
        DeepStack stack = new DeepStack(s.limits.callDepth());
        store.deep = stack;
        try {
            return stack.run(() -> s.code.call(function, args, s, depth + reserve));
        } finally {
            store.deep = null;
            store.depthReserve = reserve;
        }
    }

    /** Starts a call: a full tank, and no memory of what an earlier call was refused. */
    void begin(CallBudget budget) {
        tank.moveTo(this);
        tank.fill(budget);
        store.memoryPeakBytes = store.memoryBytes();
        store.mostHeld = budget.heldBytes();
        store.heldRefused = false;
        store.hostDepth = OUTSIDE;
        for (GuestState each : store.states()) {
            each.memoryRefused = false;
            each.tableRefused = false;
            each.trapped.clear();
        }
    }

    /** Enters the guest from outside, or again from a host function. */
    long[] enter(int function, long[] args) {
        int outer = store.hostDepth;
        if (outer == OUTSIDE) {
            store.depthReserve = Math.max(0, limits.callDepth() - Costs.INLINE_DEPTH);
            return code.call(
                    function, args, this, Math.min(limits.callDepth(), Costs.INLINE_DEPTH));
        }
        DeepStack away = store.deep;
        if (away == null) {
            return code.call(function, args, this, outer);
        }
        // The host function runs on its caller's thread, whose stack is not the deep one.
        int inline = Math.min(outer, Costs.INLINE_DEPTH);
        int reserve = store.depthReserve;
        store.deep = null;
        store.depthReserve = outer - inline;
        try {
            return code.call(function, args, this, inline);
        } finally {
            store.deep = away;
            store.depthReserve = reserve;
        }
    }

    /** Runs a function for an instance that is linked with this one, with the depth it has left. */
    long[] enterLinked(int function, long[] args, int depth) {
        return code.call(function, args, this, depth);
    }

    private static final long[] NO_VALUES = new long[0];

    // ---- exceptions -------------------------------------------------------------------------

    /** Makes the exception that {@code throw} throws. */
    public static WasmException exception(long[] args, int tag, GuestState s) {
        return new GuestException(tag, args);
    }

    /** Whether a {@code catch} of {@code tag} takes this exception. */
    public static boolean matches(WasmException exception, int tag) {
        return exception.tagIdx() == tag;
    }

    /** The exception that {@code throw_ref} throws again. */
    public static WasmException rethrown(@Nullable WasmException exception) {
        if (exception == null) {
            throw new Trap(Trap.NULL_REFERENCE);
        }
        return exception;
    }

    /** {@code unreachable}. */
    public static RuntimeException unreachable() {
        return new Trap(Trap.UNREACHABLE);
    }

    // ---- errors -----------------------------------------------------------------------------

    CordonException quota(ErrorCode quota, String what, String help) {
        return new QuotaExceededException(quota, shape.plugin(), what, help);
    }

    void resetSegments(boolean[] data, boolean[] elements) {
        System.arraycopy(data, 0, droppedData, 0, data.length);
        System.arraycopy(elements, 0, droppedElements, 0, elements.length);
    }

    boolean[] droppedData() {
        return droppedData.clone();
    }

    boolean[] droppedElements() {
        return droppedElements.clone();
    }

    void dropActiveElement(int segment) {
        droppedElements[segment] = true;
    }
}
