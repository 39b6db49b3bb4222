#include "words.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 1024, BLOCK_BYTES = 65536 - 64, LONGEST_WORD = 1 << 30 };

struct words_block {
    struct words_block *older;
    size_t used;
    size_t size;
    /* A multiple of 8 bytes from the block's start, as words hold a 64-bit count. */
    _Alignas(8) uint8_t data[];
};

/* The byte as it counts, or 0 where a word ends. */
static uint8_t folded(uint8_t byte) {
    if (byte >= 'A' && byte <= 'Z') {
        return byte + ('a' - 'A');
    }
    bool letter = byte >= 'a' && byte <= 'z';
    bool digit = byte >= '0' && byte <= '9';
    return letter || digit || byte == '\'' || byte >= 0x80 ? byte : 0;
}

static uint8_t fold[256];

bool words_open(struct words *words) {
    for (int byte = 0; byte < 256; byte++) {
        fold[byte] = folded((uint8_t) byte);
    }
    memset(words, 0, sizeof *words);
    words->capacity = FIRST_CAPACITY;
    words->table = calloc(words->capacity, sizeof *words->table);
    return words->table != NULL;
}

static uint32_t hash_of(const uint8_t *text, size_t length) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ text[i]) * 16777619u;
    }
    return hash ^ (hash >> 15);
}

static bool grow_table(struct words *words) {
    uint32_t capacity = words->capacity * 2;
    struct word **table = calloc(capacity, sizeof *table);
    if (table == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < words->capacity; i++) {
        struct word *word = words->table[i];
        if (word != NULL) {
            uint32_t slot = word->hash & (capacity - 1);
            while (table[slot] != NULL) {
                slot = (slot + 1) & (capacity - 1);
            }
            table[slot] = word;
        }
    }
    free(words->table);
    words->table = table;
    words->capacity = capacity;
    return true;
}

static struct word *new_word(struct words *words, const uint8_t *text, size_t length) {
    size_t size = (sizeof(struct word) + length + 7) & ~(size_t) 7;
    struct words_block *block = words->blocks;
    if (block == NULL || block->size - block->used < size) {
        size_t block_size = size > BLOCK_BYTES ? size : BLOCK_BYTES;
        block = malloc(sizeof *block + block_size);
        if (block == NULL) {
            return NULL;
        }
        *block = (struct words_block){.older = words->blocks, .used = 0, .size = block_size};
        words->blocks = block;
    }
    struct word *word = (struct word *) (block->data + block->used);
    block->used += size;
    word->count = 0;
    word->length = (uint32_t) length;
    memcpy(word->text, text, length);
    return word;
}

static bool count_word(struct words *words, const uint8_t *text, size_t length) {
    while (length > 0 && text[0] == '\'') {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == '\'') {
        length--;
    }
    if (length == 0) {
        return true;
    }
    if (words->distinct >= words->capacity / 4 * 3 && !grow_table(words)) {
        return false;
    }
    uint32_t hash = hash_of(text, length);
    uint32_t slot = hash & (words->capacity - 1);
    struct word *word;
    while ((word = words->table[slot]) != NULL) {
        if (word->hash == hash && word->length == length
                && memcmp(word->text, text, length) == 0) {
            break;
        }
        slot = (slot + 1) & (words->capacity - 1);
    }
    if (word == NULL) {
        word = new_word(words, text, length);
        if (word == NULL) {
            return false;
        }
        word->hash = hash;
        words->table[slot] = word;
        words->distinct++;
    }
    word->count++;
    words->words++;
    return true;
}

static bool keep_pending(struct words *words, const uint8_t *text, size_t length) {
    size_t needed = words->pending_length + length;
    if (needed > LONGEST_WORD) {
        return false;
    }
    if (needed > words->pending_capacity) {
        size_t capacity = needed * 2;
        uint8_t *pending = realloc(words->pending, capacity);
        if (pending == NULL) {
            return false;
        }
        words->pending = pending;
        words->pending_capacity = capacity;
    }
    memcpy(words->pending + words->pending_length, text, length);
    words->pending_length = needed;
    return true;
}

static bool count_ended(struct words *words, const uint8_t *text, size_t length) {
    if (words->pending_length == 0) {
        return length == 0 || count_word(words, text, length);
    }
    return keep_pending(words, text, length) && words_end(words);
}

bool words_add(struct words *words, uint8_t *chunk, size_t length) {
    size_t start = 0;
    words->bytes += length;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = chunk[i];
        chunk[i] = fold[byte];
        if (chunk[i] == 0) {
            words->lines += byte == '\n';
            if (!count_ended(words, chunk + start, i - start)) {
                return false;
            }
            start = i + 1;
        }
    }
    return start == length || keep_pending(words, chunk + start, length - start);
}

bool words_end(struct words *words) {
    size_t length = words->pending_length;
    words->pending_length = 0;
    return length == 0 || count_word(words, words->pending, length);
}

static bool ranks_before(const struct word *a, const struct word *b) {
    if (a->count != b->count) {
        return a->count > b->count;
    }
    int order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
    return order != 0 ? order < 0 : a->length < b->length;
}

/* Lets the word at INDEX sink to its place in the heap of the first SIZE words. */
static void sink(struct word **heap, uint32_t size, uint32_t index) {
    struct word *word = heap[index];
    for (uint32_t child; (child = 2 * index + 1) < size; index = child) {
        if (child + 1 < size && ranks_before(heap[child + 1], heap[child])) {
            child++;
        }
        if (!ranks_before(heap[child], word)) {
            break;
        }
        heap[index] = heap[child];
    }
    heap[index] = word;
}

void words_rank(struct words *words) {
    uint32_t size = 0;
    for (uint32_t i = 0; i < words->capacity; i++) {
        if (words->table[i] != NULL) {
            words->table[size++] = words->table[i];
        }
    }
    words->capacity = size;
    for (uint32_t i = size / 2; i-- > 0;) {
        sink(words->table, size, i);
    }
}

const struct word *words_next(struct words *words) {
    if (words->capacity == 0) {
        return NULL;
    }
    struct word *first = words->table[0];
    words->table[0] = words->table[--words->capacity];
    if (words->capacity > 0) {
        sink(words->table, words->capacity, 0);
    }
    return first;
}

void words_close(struct words *words) {
    while (words->blocks != NULL) {
        struct words_block *older = words->blocks->older;
        free(words->blocks);
        words->blocks = older;
    }
    free(words->table);
    free(words->pending);
    memset(words, 0, sizeof *words);
}
