/*
 * Counts lines, words and bytes of a stream, and how often each word occurs.
 *
 * A word is a run of ASCII letters, digits, apostrophes inside it, and all bytes from 0x80 up, so
 * that UTF-8 text stays whole and broken UTF-8 does no harm. Words that differ only in the case of
 * ASCII letters are the same word. A line ends at a newline, as for wc.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct word {
    uint64_t count;
    uint32_t hash;
    uint32_t length;
    uint8_t text[];
};

struct words {
    uint64_t lines;
    uint64_t words;
    uint64_t bytes;
    uint32_t distinct;

    /* Open addressing; after words_rank a heap of the words not yet handed out. */
    struct word **table;
    uint32_t capacity;

    /* Words live in blocks, the newest first. */
    struct words_block *blocks;

    /* The start of a word that the end of a chunk cut. */
    uint8_t *pending;
    size_t pending_length;
    size_t pending_capacity;
};

/* Starts empty; false if memory ran out. */
bool words_open(struct words *words);

/* Counts one chunk, changing its letters to lower case in place; false if memory ran out. */
bool words_add(struct words *words, uint8_t *chunk, size_t length);

/* Counts a word that ended with the stream; false if memory ran out. */
bool words_end(struct words *words);

/* Ends counting and prepares words_next. */
void words_rank(struct words *words);

/* The most frequent word not handed out yet, equal ones in the order of bytes; or NULL. */
const struct word *words_next(struct words *words);

/* Frees everything. */
void words_close(struct words *words);

#endif
