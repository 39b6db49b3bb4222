package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.meter.ModuleBuilder;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Going back to an image leaves nothing of what happened since. */
class GuestImageTest {
    private static final int PAGE = 65_536;

    private static ModuleBuilder module() {
        ModuleBuilder module = new ModuleBuilder().memory(2, 40);
        module.data(70_000, "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        module.table('r', 3, 500);
        module.table('e', 3, 500);
        module.global('i', "i32.const 5");
        module.global('I', "i64.const -7");
        module.export("grow", module.function("i", "i", "", "local.get 0 memory.grow"));
        String set =
                "local.get 0 global.set 0 local.get 0 i64.extend_i32_u global.set 1"
                        + " i32.const 1 ref.func 0 table.set 0";
        module.export("set", module.function("i", "", "", set));
        String tables =
                "ref.null r local.get 0 table.grow 0 drop ref.func 0 local.get 0 table.grow 0 drop"
                        + " ref.null e local.get 0 table.grow 1 drop";
        module.export("tables", module.function("i", "", "", tables));
        String look =
                "global.get 0 global.get 1 table.size 0 table.size 1"
                        + " i32.const 1 table.get 0 ref.is_null";
        module.export("look", module.function("", "iIiii", "", look));
        module.export("drop", module.function("", "", "", "data.drop 1 elem.drop 0"));
        String use =
                "i32.const 0 i32.const 0 i32.const 3 memory.init 1"
                        + " i32.const 0 i32.const 0 i32.const 1 table.init 0 0";
        module.export("use", module.function("", "", "", use));
        String last = "table.size 0 i32.const 1 i32.sub table.get 0 ref.is_null";
        module.export("last", module.function("", "i", "", last));
        module.passiveData((byte) 4, (byte) 5, (byte) 6);
        return module.passiveElements(0);
    }

    private static GuestInstance guest() {
        return Guests.start(module(), EngineKind.COMPILED);
    }

    private static String call(GuestInstance guest, String export, long... args) {
        return Guests.call(guest, 10_000_000, export, args);
    }

    private static void change(GuestInstance guest, Random random) {
        byte[] noise = new byte[1 + random.nextInt(9_000)];
        random.nextBytes(noise);
        for (int i = random.nextInt(6); i >= 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> call(guest, "grow", random.nextInt(8));
                case 1 -> call(guest, "set", random.nextInt());
                case 2 -> call(guest, "tables", random.nextInt(60));
                case 3 -> call(guest, "drop");
                default -> {
                    int room = guest.memory().sizeBytes() - noise.length;
                    guest.memory().write(random.nextInt(room + 1), noise, 0, noise.length);
                }
            }
        }
    }

    @Property(tries = 300)
    void resetGivesTheSnapshotBack(@ForAll long seed) {
        Random random = new Random(seed);
        GuestInstance guest = guest();
        if (random.nextBoolean()) {
            change(guest, random);
        }
        guest.snapshot();
        byte[] memory = Guests.memory(guest);
        String look = call(guest, "look");
        String used = call(guest, "use");
        guest.reset();
        for (int i = 0; i < 4; i++) {
            change(guest, random);
            guest.reset();

            assertThat(Arrays.equals(Guests.memory(guest), memory)).isTrue();
            assertThat(call(guest, "look")).isEqualTo(look);
            assertThat(call(guest, "use")).isEqualTo(used);
            guest.reset();
        }
    }

    @Property(tries = 100)
    void grownMemoryIsZeroWhenItGrowsAgain(@ForAll long seed) {
        Random random = new Random(seed);
        GuestInstance guest = guest();
        guest.snapshot();
        byte[] full = new byte[40 * PAGE];
        Arrays.fill(full, (byte) -1);
        for (int i = 0; i < 4; i++) {
            call(guest, "grow", 1 + random.nextInt(30));
            guest.memory().write(0, full, 0, guest.memory().sizeBytes());
            guest.reset();
            call(guest, "grow", 1 + random.nextInt(30));

            byte[] memory = Guests.memory(guest);
            assertThat(
                            Arrays.mismatch(
                                    memory,
                                    2 * PAGE,
                                    memory.length,
                                    new byte[38 * PAGE],
                                    0,
                                    memory.length - 2 * PAGE))
                    .isEqualTo(-1);
            guest.reset();
        }
    }

    @Test
    void grownTableIsNullWhenItGrowsAgain() {
        GuestInstance guest = guest();
        guest.snapshot();
        call(guest, "tables", 40); // ends with references to function 0
        assertThat(call(guest, "last")).startsWith("[0]");
        guest.reset();
        assertThat(call(guest, "look")).startsWith("[5, -7, 3, 3, 1]");
        call(guest, "tables", 0);
        assertThat(call(guest, "last")).startsWith("[1]");
    }

    @Test
    void memoryQuotaStartsAnewAfterReset() {
        GuestLimits limits = new GuestLimits(4L * PAGE, true, 20, 100);
        GuestInstance guest = Guests.start(module(), EngineKind.COMPILED, limits);
        guest.snapshot();
        for (int i = 0; i < 5; i++) {
            assertThat(call(guest, "grow", 2)).startsWith("[2]");
            assertThat(call(guest, "grow", 1)).startsWith("[-1]");
            call(guest, "tables", 4);
            assertThat(call(guest, "look")).startsWith("[5, -7, 11, 7, 1]");
            assertThat(guest.memoryPeakBytes()).isEqualTo(4 * PAGE);
            guest.reset();
            guest.begin(CallBudget.ofFuel(1));
            assertThat(guest.memoryPeakBytes()).isEqualTo(2 * PAGE);
        }
    }

    @Test
    void resetWithoutSnapshotIsAMistake() {
        GuestInstance guest = guest();

        assertThatThrownBy(guest::reset)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no snapshot was taken");
    }
}
