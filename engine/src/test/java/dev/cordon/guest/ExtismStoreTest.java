package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Blocks and variables, held against plain maps. */
class ExtismStoreTest {
    private static final long LIMIT = 10_000;

    @Property(tries = 200)
    void theStoreHoldsWhatWasAddedAndNotFreed(@ForAll long seed) {
        Random random = new Random(seed);
        ExtismStore store = new ExtismStore();
        Map<Long, ExtismBlock> model = new HashMap<>();
        List<Long> ever = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            int length = random.nextInt(500);
            if (random.nextBoolean() && store.fits(length, LIMIT)) {
                ExtismBlock block = ExtismBlock.of(new byte[length]);
                long handle = store.add(block);
                assertThat(model.put(handle, block)).as("a handle of its own").isNull();
                ever.add(handle);
            } else if (!ever.isEmpty()) {
                long handle = ever.get(random.nextInt(ever.size()));
                store.free(random.nextInt(4) == 0 ? handle + 1 : handle);
                boolean freed = store.findStart(handle) == null;
                assertThat(freed || model.containsKey(handle)).isTrue();
                if (freed) {
                    model.remove(handle);
                }
            }
            check(store, model, ever);
        }
    }

    private static void check(ExtismStore store, Map<Long, ExtismBlock> model, List<Long> ever) {
        long held =
                model.values().stream()
                        .mapToLong(block -> block.length() + ExtismStore.BLOCK_BYTES)
                        .sum();
        assertThat(store.held()).as("freed blocks count, too").isBetween(held, LIMIT);
        for (long handle : ever) {
            assertThat(store.findStart(handle)).isSameAs(model.get(handle));
            if (model.containsKey(handle)) {
                assertThat(store.find(handle + 7)).isSameAs(model.get(handle));
            }
            assertThat(store.findStart(handle + 7)).isNull();
        }
    }

    @Test
    void whatWasJustFreedCanBeReadUntilItsRoomIsNeeded() {
        ExtismStore store = new ExtismStore();
        long handle = store.add(ExtismBlock.of(new byte[1_000]));
        store.free(handle);
        store.free(handle);
        assertThat(store.findStart(handle)).isNull();
        assertThat(store.find(handle)).isNotNull();
        assertThat(store.fits(9_900, LIMIT)).as("its room was needed").isTrue();
        assertThat(store.find(handle)).isNull();
        assertThat(store.held()).isZero();
    }

    @Test
    void onlySoManyFreedBlocksAreKept() {
        ExtismStore store = new ExtismStore();
        long first = store.add(ExtismBlock.of(new byte[1]));
        store.free(first);
        for (int i = 0; i < 16; i++) {
            assertThat(store.find(first)).isNotNull();
            store.free(store.add(ExtismBlock.of(new byte[1])));
        }
        assertThat(store.find(first)).isNull();
        assertThat(store.held()).isEqualTo(16 * 65);
    }

    @Test
    void aFreedBlockThatIsUsedAgainStays() {
        ExtismStore store = new ExtismStore();
        ExtismBlock block = ExtismBlock.of(new byte[1]);
        long handle = store.add(block);
        store.free(handle);
        store.revive(handle, block);
        assertThat(store.fits(LIMIT, LIMIT)).isFalse();
        assertThat(store.findStart(handle)).isSameAs(block);
        assertThat(store.held()).isEqualTo(65);
    }

    @Property
    void madeUpHandlesFindNothing(@ForAll long handle) {
        ExtismStore store = new ExtismStore();
        long real = store.add(ExtismBlock.of(new byte[1]));
        if (handle >>> 32 != real >>> 32) {
            assertThat(store.find(handle)).isNull();
            store.free(handle);
        }
        assertThat(store.findStart(real)).isNotNull();
    }

    @Test
    void noLengthOverflowsTheLimit() {
        ExtismStore store = new ExtismStore();
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, LIMIT - 63}) {
            assertThat(store.fits(length, LIMIT)).as(Long.toString(length)).isFalse();
        }
        assertThat(store.fits(LIMIT - 64, LIMIT)).isTrue();
        assertThat(store.fits(0, -5)).as("memory grew beyond").isFalse();
    }

    @Test
    void blocksAreCountedAndTheirHandlesFitADouble() {
        ExtismStore store = new ExtismStore();
        long last = 0;
        for (int i = 0; i < ExtismStore.MAX_BLOCKS; i++) {
            assertThat(store.fits(0, Long.MAX_VALUE / 2)).isTrue();
            last = store.add(ExtismBlock.of(new byte[0]));
        }
        assertThat(store.fits(0, Long.MAX_VALUE / 2)).isFalse();
        assertThat((long) (double) (last + Integer.MAX_VALUE)).isEqualTo(last + Integer.MAX_VALUE);
        store.free(last);
        assertThat(store.fits(0, Long.MAX_VALUE / 2)).isTrue();
        assertThat(store.add(ExtismBlock.of(new byte[0]))).isEqualTo(last);
        store.clear();
        assertThat(store.held()).isZero();
        assertThat(store.find(last)).isNull();
    }

    @Property(tries = 200)
    void variablesStayWithinTheirLimit(@ForAll long seed) {
        Random random = new Random(seed);
        ExtismVariables variables = new ExtismVariables(1_000);
        Map<String, byte[]> model = new HashMap<>();
        for (int step = 0; step < 200; step++) {
            String key = "ü".repeat(random.nextInt(5));
            byte[] value = new byte[random.nextInt(400)];
            long held =
                    model.entrySet().stream()
                            .mapToLong(e -> 48 + 2L * e.getKey().length() + e.getValue().length)
                            .sum();
            if (random.nextInt(3) == 0) {
                variables.remove(key);
                model.remove(key);
            } else {
                boolean room = held + 48 + 2L * key.length() + value.length <= 1_000;
                assertThat(variables.fits(key, value.length)).isEqualTo(room);
                assertThat(variables.put(key, value)).isEqualTo(room);
                if (room) {
                    model.put(key, value);
                }
            }
            assertThat(variables.get(key)).isSameAs(model.get(key));
        }
    }
}
