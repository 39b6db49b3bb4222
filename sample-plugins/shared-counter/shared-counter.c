/*
 * A reactor that counts in shared data, together with everybody who does the same.
 *
 *     add    the payload is a key; adds 1 to the number under it and answers with the sum
 *
 * Must earn 0 with data:read and data:write for the key, and no count may be lost.
 */
#include "cordon.h"

static char key[256];

CORDON_COMMAND(add) {
    uint32_t key_length = (uint32_t) cordon_input_read(key, 0, sizeof key);
    for (;;) {
        uint64_t count = 0;
        int32_t found = cordon_data_get(key, key_length);
        if (found >= 0) {
            cordon_response_read(&count, 0, sizeof count);
        } else if (found != CORDON_NOT_FOUND) {
            return cordon_fail("the count cannot be read");
        }
        int64_t version = cordon_data_version(); /* 0 if there is no count yet */
        count++;
        int32_t set = cordon_data_compare_and_set(key, key_length, version, &count, sizeof count);
        if (set == 0) {
            char text[20];
            uint32_t at = sizeof text;
            do {
                text[--at] = (char) ('0' + count % 10);
                count /= 10;
            } while (count > 0);
            return cordon_output_write(text + at, sizeof text - at);
        }
        if (set != CORDON_CONFLICT) {
            return cordon_fail("the count cannot be written");
        }
    }
}
