package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.meter.FuelPlanner;
import dev.cordon.wasm.ValidModule;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random modules behave alike in both engines, metered or not, and in the stock runtime. */
class GeneratedModulesTest {
    private static final long PLENTY = 400_000;
    private static final int CALLS = 6;

    private int finished;
    private int trapped;
    private int endless;
    private int withoutPeer;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void engineAndPeersAgree(boolean exceptions) {
        compare(1, 120, exceptions, true);

        assertThat(finished).isGreaterThan(2 * trapped).isGreaterThan(300);
        assertThat(trapped).isPositive();
        assertThat(withoutPeer).isLessThan(90);
        assertThat(endless).isLessThan(finished / 10);
    }

    /** Without the peers, whose known defects show up in the long run. */
    @Test
    @Tag("slow")
    void bothEnginesAgreeForLong() {
        compare(1_000, 2_000, false, false);
        compare(10_000, 2_000, true, false);
    }

    private void compare(long firstSeed, int count, boolean exceptions, boolean peers) {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            ModuleGenerator generator = new ModuleGenerator(seed, exceptions);
            ValidModule module = generator.module().valid();
            new Comparison(seed, generator, module).run(peers);
        }
    }

    /** One module in five ways. */
    private final class Comparison {
        private final long seed;
        private final ModuleGenerator generator;
        private final ValidModule module;
        private final CompiledModule compiled;
        private final CompiledModule interpreted;

        Comparison(long seed, ModuleGenerator generator, ValidModule module) {
            this.seed = seed;
            this.generator = generator;
            this.module = module;
            this.compiled = Guests.compile(module, EngineKind.COMPILED);
            this.interpreted = Guests.compile(module, EngineKind.INTERPRETER);
        }

        void run(boolean peers) {
            assertThat(compiled.interpretedFunctions()).isEmpty();
            GuestInstance fast = Guests.start(compiled, GuestLimits.GENEROUS);
            GuestInstance slow = Guests.start(interpreted, GuestLimits.GENEROUS);
            GuestInstance free = free();
            Optional<Peer> fastPeer = peers ? Peer.compiled(module.bytes()) : Optional.empty();
            withoutPeer += fastPeer.isPresent() ? 0 : 1;
            Peer slowPeer = Peer.interpreted(module.bytes(), ValueGenerator.LOCALS.length());
            for (int i = 0; i < CALLS; i++) {
                String name = "f" + i;
                long[] args = arguments(i);
                String expected = Guests.call(fast, PLENTY, name, args);
                String same = Guests.call(slow, PLENTY, name, args);
                String results = generator.results.get(i);
                sameOutcome(same, expected, results);
                assertThat(slow.fuelUsed()).as(this::text).isEqualTo(fast.fuelUsed());
                sameMemory(fast, Guests.memory(slow));
                if (expected.startsWith("OUT_OF_FUEL")) {
                    endless++;
                    return; // the others would go on for too long
                }
                String kinds = results;
                String outcome = Peer.normal(expected, kinds);
                Guests.call(free, CallBudget.UNLIMITED, name, args);
                sameMemory(fast, Guests.memory(free));
                if (!peers) {
                    stopsAnywhere(name, kinds, args, fast.fuelUsed());
                    continue;
                }
                assertThat(slowPeer.call(name, kinds, args)).as(this::text).isEqualTo(outcome);
                sameMemory(fast, slowPeer.memory());
                if (fastPeer.isPresent()) {
                    Peer peer = fastPeer.get();
                    assertThat(peer.call(name, kinds, args)).as(this::text).isEqualTo(outcome);
                    sameMemory(fast, peer.memory());
                }
                counted(fast, outcome, slowPeer.units());
                stopsAnywhere(name, kinds, args, fast.fuelUsed());
            }
        }

        /** Equal but for the bits of a NaN, which the machine chooses. */
        private void sameOutcome(String actual, String expected, String kinds) {
            assertThat(Peer.normal(actual, kinds))
                    .as(this::text)
                    .isEqualTo(Peer.normal(expected, kinds));
        }

        private GuestInstance free() {
            CompiledModule unmetered =
                    new ModuleCompiler(EngineKind.COMPILED, null)
                            .compile(FuelPlanner.unmetered(module));
            return Guests.start(unmetered, GuestLimits.GENEROUS);
        }

        private void counted(GuestInstance guest, String outcome, long units) {
            boolean ended = outcome.startsWith("[");
            finished += ended ? 1 : 0;
            trapped += ended ? 0 : 1;
            if (ended && !generator.exceptions) {
                assertThat(guest.fuelUsed()).as(this::text).isEqualTo(units);
            } else if (ended) {
                // a block is paid for on entering it, so what a throw skips is paid too
                assertThat(guest.fuelUsed()).as(this::text).isGreaterThanOrEqualTo(units);
            }
        }

        /** On fresh instances, since the others have gone on. */
        private void stopsAnywhere(String name, String kinds, long[] args, long units) {
            long limit = new Random(seed).nextLong(Math.max(1, units));
            GuestInstance fast = Guests.start(compiled, GuestLimits.GENEROUS);
            GuestInstance slow = Guests.start(interpreted, GuestLimits.GENEROUS);
            String expected = Guests.call(fast, limit, name, args);

            sameOutcome(Guests.call(slow, limit, name, args), expected, kinds);
            assertThat(slow.fuelUsed()).as(this::text).isEqualTo(fast.fuelUsed());
            sameMemory(fast, Guests.memory(slow));
            if (expected.startsWith("OUT_OF_FUEL")) {
                assertThat(fast.fuelUsed()).as(this::text).isEqualTo(limit);
            }
            assertThat(fast.fuelUsed()).as(this::text).isLessThanOrEqualTo(limit);
        }

        private void sameMemory(GuestInstance expected, byte[] actual) {
            boolean same = Arrays.equals(Guests.memory(expected), actual);
            assertThat(same).as(() -> "memory of " + text()).isTrue();
        }

        private long[] arguments(int function) {
            Random random = new Random(seed + function);
            String kinds = generator.parameters.get(function);
            long[] args = new long[kinds.length()];
            for (int i = 0; i < args.length; i++) {
                args[i] =
                        switch (kinds.charAt(i)) {
                            case 'i' -> i == 0 ? 2 : random.nextInt();
                            case 'I' -> random.nextLong();
                            case 'f' -> Float.floatToRawIntBits(random.nextFloat() * 1e6f);
                            default -> Double.doubleToRawLongBits(random.nextGaussian());
                        };
            }
            return args;
        }

        private String text() {
            return "seed " + seed + ":\n" + String.join("\n\n", generator.bodies()) + "\n";
        }
    }
}
