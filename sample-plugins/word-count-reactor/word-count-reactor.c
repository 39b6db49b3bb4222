/*
 * A reactor that counts the words of its payload and answers with JSON.
 *
 *     count   {"lines":2,"words":3,"bytes":14,"distinct":2,"top":[{"word":"a","count":2},...]}
 *     top     only the list: [{"word":"a","count":2},...]
 *
 * How many words are listed is the configuration value "top", 10 unless given.
 */
#include "cordon.h"
#include "words.h"
#include "writer.h"

static uint8_t chunk[65536];

static bool to_output(const uint8_t *bytes, size_t length) {
    return cordon_output_write(bytes, length) >= 0;
}

/* Length of the well-formed UTF-8 sequence at the start of the text, 0 if there is none. */
static size_t sequence_length(const uint8_t *text, size_t length) {
    uint8_t lead = text[0];
    size_t size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead > 0xf4 || size > length) {
        return 0;
    }
    for (size_t i = 1; i < size; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    bool overlong = (lead == 0xe0 && text[1] < 0xa0) || (lead == 0xf0 && text[1] < 0x90);
    bool surrogate = lead == 0xed && text[1] > 0x9f;
    bool too_high = lead == 0xf4 && text[1] > 0x8f;
    return overlong || surrogate || too_high ? 0 : size;
}

/* A word needs no escapes, as it holds no quote, backslash or control; but it may be bad UTF-8. */
static void write_word(struct writer *out, const struct word *word) {
    size_t at = 0;
    while (at < word->length) {
        size_t size = sequence_length(word->text + at, word->length - at);
        if (size == 0) {
            write_text(out, "\\ufffd");
            at++;
        } else {
            write_bytes(out, word->text + at, size);
            at += size;
        }
    }
}

static void write_figure(struct writer *out, const char *name, uint64_t figure) {
    write_text(out, name);
    write_number(out, figure);
}

static void write_top(struct writer *out, struct words *words, uint32_t top) {
    words_rank(words);
    write_text(out, "[");
    const struct word *word;
    for (uint32_t i = 0; i < top && (word = words_next(words)) != NULL; i++) {
        write_text(out, i == 0 ? "{\"word\":\"" : ",{\"word\":\"");
        write_word(out, word);
        write_figure(out, "\",\"count\":", word->count);
        write_text(out, "}");
    }
    write_text(out, "]");
}

/* The configured number of words, 10 if there is none; false if it is not a number. */
static bool configured_top(uint32_t *top) {
    char text[9];
    int32_t length = cordon_config_get("top", 3);
    *top = 10;
    if (length < 0) {
        return true;
    }
    if (length == 0 || length > (int32_t) sizeof text) {
        return false;
    }
    length = cordon_response_read(text, 0, sizeof text);
    *top = 0;
    for (int32_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *top = *top * 10 + (uint32_t) (text[i] - '0');
    }
    return true;
}

static bool count_input(struct words *words) {
    if (!words_open(words)) {
        return false;
    }
    uint32_t offset = 0;
    int32_t length;
    while ((length = cordon_input_read(chunk, offset, sizeof chunk)) > 0) {
        if (!words_add(words, chunk, (size_t) length)) {
            return false;
        }
        offset += (uint32_t) length;
    }
    return words_end(words);
}

static int32_t answer(bool whole) {
    uint32_t top;
    if (!configured_top(&top)) {
        return cordon_fail("the configuration value \"top\" is not a number below 1000000000");
    }
    struct words words;
    if (!count_input(&words)) {
        words_close(&words);
        return cordon_fail("out of memory");
    }
    struct writer out = {.hand_on = to_output};
    if (whole) {
        write_figure(&out, "{\"lines\":", words.lines);
        write_figure(&out, ",\"words\":", words.words);
        write_figure(&out, ",\"bytes\":", words.bytes);
        write_figure(&out, ",\"distinct\":", words.distinct);
        write_text(&out, ",\"top\":");
    }
    write_top(&out, &words, top);
    if (whole) {
        write_text(&out, "}");
    }
    words_close(&words);
    return writer_flush(&out) ? 0 : cordon_fail("the result was not accepted");
}

CORDON_COMMAND(count) {
    return answer(true);
}

CORDON_COMMAND(top) {
    return answer(false);
}
