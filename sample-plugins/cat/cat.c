/*
 * A WASI command that writes the files that its arguments name to stdout, or stdin without any, as
 * bytes. Status 1 after an error, which is named on stderr.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>

static char buffer[64 * 1024];

static int copy(int file) {
    for (;;) {
        ssize_t count = read(file, buffer, sizeof buffer);
        if (count <= 0) {
            return (int) count;
        }
        for (ssize_t done = 0; done < count;) {
            ssize_t written = write(STDOUT_FILENO, buffer + done, (size_t) (count - done));
            if (written < 0) {
                return -1;
            }
            done += written;
        }
    }
}

int main(int argc, char **argv) {
    int status = 0;
    if (argc < 2) {
        return copy(STDIN_FILENO) == 0 ? 0 : 1;
    }
    for (int i = 1; i < argc; i++) {
        int file = open(argv[i], O_RDONLY);
        if (file < 0 || copy(file) != 0) {
            fprintf(stderr, "cat: %s: %s\n", argv[i], strerror(errno));
            status = 1;
        }
        if (file >= 0) {
            close(file);
        }
    }
    return status;
}
