/*
 * Tries: to take all memory, one page after another, but takes no for an answer.
 * Must: succeed; the result is the number of pages that it had in the end.
 */
#include "cordon.h"

CORDON_COMMAND(run) {
    while (__builtin_wasm_memory_grow(0, 1) != (uint32_t) -1) {
    }
    char digits[10];
    uint32_t start = sizeof digits;
    uint32_t pages = __builtin_wasm_memory_size(0);
    do {
        digits[--start] = (char) ('0' + pages % 10);
        pages /= 10;
    } while (pages > 0);
    return cordon_output_write(digits + start, sizeof digits - start) < 0 ? 1 : 0;
}
