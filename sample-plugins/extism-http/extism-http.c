/*
 * A plug-in for Extism that sends requests over HTTP, as its development kits do.
 *
 *     get       the payload is the JSON of a request; the result is the body of the answer
 *     post      the same, with the body "vowels"
 *     status    the same as get; the result is the status, three digits
 *     headers   the same as get; the result is the JSON of the header fields
 *     before    the result is the status before any request
 */
#include "extism-abi.h"

static extism_handle input(void) {
    uint64_t length = extism_input_length();
    extism_handle block = extism_alloc(length);
    for (uint64_t i = 0; i < length; i++) {
        extism_store_u8(block + i, extism_input_load_u8(i));
    }
    return block;
}

static int32_t answer(extism_handle block) {
    if (block != 0) {
        extism_output_set(block, extism_length(block));
    }
    return 0;
}

static int32_t answer_status(void) {
    char digits[] = "000";
    uint32_t status = extism_http_status_code();
    for (int at = 2; at >= 0; at--) {
        digits[at] = (char) ('0' + status % 10);
        status /= 10;
    }
    return answer(extism_text(digits));
}

EXTISM_COMMAND(get) {
    return answer(extism_http_request(input(), 0));
}

EXTISM_COMMAND(post) {
    return answer(extism_http_request(input(), extism_text("vowels")));
}

EXTISM_COMMAND(status) {
    extism_http_request(input(), 0);
    return answer_status();
}

EXTISM_COMMAND(headers) {
    extism_http_request(input(), 0);
    return answer(extism_http_headers());
}

EXTISM_COMMAND(before) {
    return answer_status();
}
