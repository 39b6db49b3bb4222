/*
 * A reactor that shares as much data as it gets.
 *
 *     keys        creates keys until it is refused, then traps
 *     values      writes large values until it is refused, then traps
 *     graceful    creates keys until it is refused, answers with the refusal and deletes the first
 *     too_large   writes one value of 16 MiB less a page, more than the default allows
 *
 * Must earn DATA_EXCEEDED, DATA_EXCEEDED, 0 with "-5 0", 0 with "-4".
 */
#include "cordon.h"

static char key[] = "hog.00000000";
static char value[200 << 10];

static void name(uint32_t number) {
    for (int at = 11; at >= 4; at--) {
        key[at] = (char) ('0' + number % 10);
        number /= 10;
    }
}

static int32_t write_all(uint32_t length) {
    for (uint32_t i = 0;; i++) {
        name(i);
        int32_t result = cordon_data_put(key, sizeof key - 1, value, length);
        if (result != 0) {
            return result;
        }
    }
}

/* Every result of the host is a single digit. */
static void answer(int32_t result) {
    char text[2] = {'-', (char) ('0' + (result < 0 ? -result : result))};
    uint32_t skip = result < 0 ? 0 : 1;
    cordon_output_write(text + skip, 2 - skip);
}

CORDON_COMMAND(keys) {
    write_all(0);
    __builtin_trap();
}

CORDON_COMMAND(values) {
    write_all(sizeof value);
    __builtin_trap();
}

CORDON_COMMAND(graceful) {
    answer(write_all(0));
    cordon_output_write(" ", 1);
    name(0);
    answer(cordon_data_delete(key, sizeof key - 1));
    return 0;
}

CORDON_COMMAND(too_large) {
    if (__builtin_wasm_memory_grow(0, 256) == (__SIZE_TYPE__) -1) {
        return cordon_fail("no memory");
    }
    answer(cordon_data_put(key, sizeof key - 1, value, (16 << 20) - 65536));
    return 0;
}
