/*
 * A plug-in for Extism, without any of its development kits: blocks, configuration, variables, log,
 * errors and functions of the application.
 *
 *     count     counts the vowels of the payload, those that the configuration value "vowels" says
 *               or a, e, i, o, u; answers with the count and the sum of all counts so far
 *     forget    deletes the sum
 *     echo      answers with the payload itself, without copying it
 *     fail      answers with an error text and the status 3
 *     claim     the same, but claims success
 *     silent    fails with the status 7 and no text
 *     fetch     asks for a page over HTTP
 *     spin      never returns
 *     hoard     allocates until it is refused, then answers with what it got in KiB
 */
#include "extism-abi.h"

static char digits[24];

static uint64_t number(extism_handle text) {
    uint64_t value = 0;
    uint64_t length = extism_length(text);
    for (uint64_t i = 0; i < length; i++) {
        value = value * 10 + (extism_load_u8(text + i) - '0');
    }
    return value;
}

static extism_handle number_text(uint64_t value) {
    int at = sizeof digits - 1;
    digits[at] = 0;
    do {
        digits[--at] = (char) ('0' + value % 10);
        value /= 10;
    } while (value > 0);
    return extism_text(digits + at);
}

static int is_vowel(uint32_t letter, extism_handle vowels) {
    uint64_t length = extism_length(vowels);
    for (uint64_t i = 0; i < length; i++) {
        if (extism_load_u8(vowels + i) == letter) {
            return 1;
        }
    }
    return 0;
}

static void answer(uint64_t count, uint64_t total) {
    extism_handle parts[] = {extism_text("{\"count\":"), number_text(count),
        extism_text(",\"total\":"), number_text(total), extism_text("}")};
    uint64_t length = 0;
    for (int i = 0; i < 5; i++) {
        length += extism_length(parts[i]);
    }
    extism_handle result = extism_alloc(length);
    uint64_t at = 0;
    for (int i = 0; i < 5; i++) {
        uint64_t part = extism_length(parts[i]);
        for (uint64_t j = 0; j < part; j++) {
            extism_store_u8(result + at++, extism_load_u8(parts[i] + j));
        }
        extism_free(parts[i]);
    }
    extism_output_set(result, length);
}

EXTISM_COMMAND(count) {
    extism_handle vowels = extism_config_get(extism_text("vowels"));
    if (vowels == 0) {
        vowels = extism_text("aeiou");
    }
    uint64_t count = 0;
    uint64_t length = extism_input_length();
    for (uint64_t i = 0; i < length; i++) {
        count += is_vowel(extism_input_load_u8(i), vowels);
    }
    extism_handle old = extism_var_get(extism_text("total"));
    uint64_t total = count + (old == 0 ? 0 : number(old));
    extism_var_set(extism_text("total"), number_text(total));
    extism_log_info(extism_text("counted"));
    answer(count, total);
    return 0;
}

EXTISM_COMMAND(forget) {
    extism_var_set(extism_text("total"), 0);
    return 0;
}

EXTISM_COMMAND(echo) {
    extism_output_set(extism_input_offset(), extism_input_length());
    return 0;
}

EXTISM_COMMAND(fail) {
    extism_error_set(extism_text("no vowel pleases"));
    return 3;
}

EXTISM_COMMAND(claim) {
    extism_error_set(extism_text("no vowel pleases"));
    return 0;
}

EXTISM_COMMAND(silent) {
    return 7;
}

EXTISM_COMMAND(fetch) {
    extism_http_request(extism_text("{\"url\":\"https://example.org/\"}"), 0);
    return 0;
}

EXTISM_COMMAND(spin) {
    volatile uint64_t turns = 0;
    for (;;) {
        turns++;
    }
}

EXTISM_COMMAND(hoard) {
    uint64_t kib = 0;
    while (extism_alloc(1024) != 0) {
        kib++;
    }
    answer(kib, 0);
    return 0;
}
