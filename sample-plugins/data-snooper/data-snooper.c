/*
 * A reactor that tries what it can with the key of somebody else.
 *
 *     run    the payload is a key; answers with the results of get, the length of the response,
 *            version, put, compare_and_set with the versions 0 to 99, and delete
 *
 * Must earn 0 and "-1 0 0 -1 -1 -1" wherever the grant or the access level is missing.
 */
#include "cordon.h"

static char key[256];

static void answer(int64_t result) {
    char text[24];
    uint32_t at = sizeof text;
    uint64_t rest = result < 0 ? 0 - (uint64_t) result : (uint64_t) result;
    text[--at] = ' ';
    do {
        text[--at] = (char) ('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (result < 0) {
        text[--at] = '-';
    }
    cordon_output_write(text + at, sizeof text - at);
}

CORDON_COMMAND(run) {
    uint32_t length = (uint32_t) cordon_input_read(key, 0, sizeof key);
    answer(cordon_data_get(key, length));
    answer(cordon_response_length());
    answer(cordon_data_version());
    answer(cordon_data_put(key, length, "snooped", 7));
    int32_t set = CORDON_DENIED;
    for (int64_t version = 0; version < 100; version++) {
        int32_t result = cordon_data_compare_and_set(key, length, version, "snooped", 7);
        set = result != CORDON_DENIED ? result : set;
    }
    answer(set);
    answer(cordon_data_delete(key, length));
    return 0;
}
