/*
 * A WASI command: counts the lines, words and bytes of stdin and prints the most frequent words.
 *
 *     word-count [count] [N]     N words at most, 10 unless given
 *
 * Exit status: 0 success, 1 wrong arguments, 2 out of memory or input or output failed.
 */
#include <errno.h>
#include <unistd.h>

#include "words.h"
#include "writer.h"

static uint8_t chunk[65536];

static bool write_all(int file, const uint8_t *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno != EINTR && errno != EAGAIN) {
            return false;
        }
        if (written > 0) {
            bytes += written;
            length -= (size_t) written;
        }
    }
    return true;
}

static bool to_stdout(const uint8_t *bytes, size_t length) {
    return write_all(STDOUT_FILENO, bytes, length);
}

static struct writer out = {.hand_on = to_stdout};

static int fail(int status, const char *message) {
    write_all(STDERR_FILENO, (const uint8_t *) message, strlen(message));
    return status;
}

static bool parse_number(const char *text, uint32_t *number) {
    uint64_t value = 0;
    for (const char *at = text; *at != 0; at++) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        value = value * 10 + (uint64_t) (*at - '0');
        if (value > UINT32_MAX) {
            return false;
        }
    }
    *number = (uint32_t) value;
    return *text != 0;
}

static void print_figure(const char *name, uint64_t figure) {
    write_text(&out, name);
    write_number(&out, figure);
    write_text(&out, "\n");
}

static bool print_report(struct words *words, uint32_t top) {
    print_figure("lines ", words->lines);
    print_figure("words ", words->words);
    print_figure("bytes ", words->bytes);
    print_figure("distinct ", words->distinct);
    words_rank(words);
    const struct word *word;
    while (top-- > 0 && (word = words_next(words)) != NULL) {
        write_number(&out, word->count);
        write_text(&out, " ");
        write_bytes(&out, word->text, word->length);
        write_text(&out, "\n");
    }
    return writer_flush(&out);
}

int main(int argc, char **argv) {
    uint32_t top = 10;
    int next = argc > 1 && strcmp(argv[1], "count") == 0 ? 2 : 1;
    if (argc > next + 1 || (argc == next + 1 && !parse_number(argv[next], &top))) {
        return fail(1, "word-count: usage: word-count [count] [N] < TEXT\n");
    }
    struct words words;
    if (!words_open(&words)) {
        return fail(2, "word-count: out of memory\n");
    }
    ssize_t length;
    while ((length = read(STDIN_FILENO, chunk, sizeof chunk)) != 0) {
        if (length > 0) {
            if (!words_add(&words, chunk, (size_t) length)) {
                return fail(2, "word-count: out of memory\n");
            }
        } else if (errno != EINTR && errno != EAGAIN) {
            return fail(2, "word-count: cannot read the input\n");
        }
    }
    if (!words_end(&words)) {
        return fail(2, "word-count: out of memory\n");
    }
    if (!print_report(&words, top)) {
        return fail(2, "word-count: cannot write the result\n");
    }
    return 0;
}
