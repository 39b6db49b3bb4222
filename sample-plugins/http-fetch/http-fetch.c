/*
 * A reactor that sends requests over HTTP.
 *
 *     fetch    the payload is a URL; the result is the body of the answer
 *     head     the same, with the head of the answer, as JSON, for a result
 *     ask      the payload is the JSON of a request; the result is the whole response
 *     post     the same, with the body of the answer only, and with a body of 64 KiB of `x`
 *
 * What the host refuses is an error with the number and the text that the host gave.
 */
#include "cordon.h"

static char request[65536];
static char part[4096];
static char large[65536];

static int32_t length;

static void append(const char *text, uint32_t text_length) {
    for (uint32_t i = 0; i < text_length && length < (int32_t) sizeof request; i++) {
        request[length++] = text[i];
    }
}

static int32_t refused(int32_t result) {
    char number[] = "refused: -0 ";
    number[10] = (char) ('0' - result);
    cordon_error_write(number, sizeof number - 1);
    int32_t got = cordon_response_read(part, 0, sizeof part);
    if (got > 0) {
        cordon_error_write(part, (uint32_t) got);
    }
    return 1;
}

/* Answers with the response from FROM up to TO. */
static int32_t answer(uint32_t from, uint32_t to) {
    while (from < to) {
        uint32_t wanted = to - from < sizeof part ? to - from : sizeof part;
        int32_t got = cordon_response_read(part, from, wanted);
        if (got <= 0) {
            break;
        }
        cordon_output_write(part, (uint32_t) got);
        from += (uint32_t) got;
    }
    return 0;
}

static uint32_t head_length(void) {
    unsigned char bytes[4];
    cordon_response_read(bytes, 0, sizeof bytes);
    return (uint32_t) bytes[0] | (uint32_t) bytes[1] << 8 | (uint32_t) bytes[2] << 16
            | (uint32_t) bytes[3] << 24;
}

/* Asks for the URL in the payload; a quote in it would end the text of the request. */
static int32_t get(void) {
    static char url[8192];
    int32_t url_length = cordon_input_read(url, 0, sizeof url);
    length = 0;
    append("{\"url\":\"", 8);
    for (int32_t i = 0; i < url_length; i++) {
        if (url[i] == '"' || url[i] == '\\') {
            return CORDON_INVALID_ARGUMENT;
        }
    }
    append(url, (uint32_t) url_length);
    append("\"}", 2);
    return cordon_http_request(request, (uint32_t) length, 0, 0);
}

CORDON_COMMAND(fetch) {
    int32_t result = get();
    return result < 0 ? refused(result) : answer(4 + head_length(), (uint32_t) result);
}

CORDON_COMMAND(head) {
    int32_t result = get();
    return result < 0 ? refused(result) : answer(4, 4 + head_length());
}

CORDON_COMMAND(ask) {
    length = cordon_input_read(request, 0, sizeof request);
    int32_t result = cordon_http_request(request, (uint32_t) length, 0, 0);
    return result < 0 ? refused(result) : answer(0, (uint32_t) result);
}

CORDON_COMMAND(post) {
    for (uint32_t i = 0; i < sizeof large; i++) {
        large[i] = 'x';
    }
    length = cordon_input_read(request, 0, sizeof request);
    int32_t result = cordon_http_request(request, (uint32_t) length, large, sizeof large);
    return result < 0 ? refused(result) : answer(4 + head_length(), (uint32_t) result);
}
