/*
 * A reactor that asks for programs of the host.
 *
 *     exec   the payload is the request as JSON, {"program","args","stdin"}; answers with the
 *            response as it is
 *     echo   has /bin/echo print the payload, which must need no escapes in JSON
 *
 * Must earn 0 with the grant sys:exec for the program; without it both fail with "-1".
 */
#include "cordon.h"

static char text[70000];

static int32_t run(uint32_t length) {
    int32_t result = cordon_exec(text, length);
    if (result < 0) {
        char code[2] = {'-', (char) ('0' - result)};
        cordon_error_write(code, sizeof code);
        if (result == CORDON_FAILED) {
            cordon_error_write(" ", 1);
            cordon_error_write(text, (uint32_t) cordon_response_read(text, 0, sizeof text));
        }
        return 1;
    }
    for (uint32_t at = 0; at < (uint32_t) result; at += sizeof text) {
        cordon_output_write(text, (uint32_t) cordon_response_read(text, at, sizeof text));
    }
    return 0;
}

CORDON_COMMAND(exec) {
    return run((uint32_t) cordon_input_read(text, 0, sizeof text));
}

CORDON_COMMAND(echo) {
    static const char head[] = "{\"program\":\"/bin/echo\",\"args\":[\"";
    static const char tail[] = "\"]}";
    uint32_t length = 0;
    for (uint32_t i = 0; head[i] != 0; i++) {
        text[length++] = head[i];
    }
    length += (uint32_t) cordon_input_read(text + length, 0, 1000);
    for (uint32_t i = 0; tail[i] != 0; i++) {
        text[length++] = tail[i];
    }
    return run(length);
}
