/*
 * A reactor that answers with a value of its configuration and logs at every level.
 *
 *     get    the payload is a key; the result is its value
 */
#include "cordon.h"

static char key[256];
static char value[4096];

static void log_text(int32_t level, const char *text) {
    cordon_log(level, text, cordon_text_length(text));
}

CORDON_COMMAND(get) {
    log_text(CORDON_TRACE, "reading the key");
    int32_t key_length = cordon_input_read(key, 0, sizeof key);
    if (cordon_input_length() > key_length) {
        return cordon_fail("the key is longer than 256 bytes");
    }
    log_text(CORDON_DEBUG, "asking for the value");
    int32_t length = cordon_config_get(key, (uint32_t) key_length);
    if (length == CORDON_NOT_FOUND) {
        log_text(CORDON_WARN, "there is no such value");
        return cordon_fail("no such key");
    }
    if (length < 0) {
        log_text(CORDON_ERROR, "the host did not give the value");
        return cordon_fail("the host did not give the value");
    }
    log_text(CORDON_INFO, "found the value");
    uint32_t offset = 0;
    int32_t part;
    while ((part = cordon_response_read(value, offset, sizeof value)) > 0) {
        if (cordon_output_write(value, (uint32_t) part) < 0) {
            return cordon_fail("the result was not accepted");
        }
        offset += (uint32_t) part;
    }
    return 0;
}
