/* Collects small pieces of output and hands them on in large ones. */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct writer {
    bool (*hand_on)(const uint8_t *bytes, size_t length);
    bool failed;
    size_t used;
    uint8_t buffer[4096];
};

/* Hands on what is collected; false if that or anything before failed. */
static inline bool writer_flush(struct writer *writer) {
    if (!writer->failed && writer->used > 0) {
        writer->failed = !writer->hand_on(writer->buffer, writer->used);
    }
    writer->used = 0;
    return !writer->failed;
}

static inline void write_bytes(struct writer *writer, const void *bytes, size_t length) {
    const uint8_t *from = bytes;
    while (length > 0) {
        if (writer->used == sizeof writer->buffer) {
            writer_flush(writer);
        }
        size_t room = sizeof writer->buffer - writer->used;
        size_t part = length < room ? length : room;
        memcpy(writer->buffer + writer->used, from, part);
        writer->used += part;
        from += part;
        length -= part;
    }
}

static inline void write_text(struct writer *writer, const char *text) {
    write_bytes(writer, text, strlen(text));
}

static inline void write_number(struct writer *writer, uint64_t number) {
    char digits[20];
    size_t start = sizeof digits;
    do {
        digits[--start] = (char) ('0' + number % 10);
        number /= 10;
    } while (number > 0);
    write_bytes(writer, digits + start, sizeof digits - start);
}

#endif
