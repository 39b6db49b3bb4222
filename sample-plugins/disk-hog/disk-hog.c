/*
 * Fills /data until it is refused. `disk-hog` aborts then, as programs do that never expected it;
 * `disk-hog graceful` says how many KiB it got and removes them.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char block[64 * 1024];

int main(int argc, char **argv) {
    int graceful = argc > 1 && strcmp(argv[argc - 1], "graceful") == 0;
    long long total = 0;
    int file = open("/data/hog", O_CREAT | O_TRUNC | O_WRONLY, 0600);
    if (file < 0) {
        perror("disk-hog");
        return 1;
    }
    for (;;) {
        ssize_t count = write(file, block, sizeof block);
        if (count < 0) {
            break;
        }
        total += count;
    }
    if (!graceful) {
        abort();
    }
    printf("%lld KiB, then %s\n", total >> 10, errno == EDQUOT ? "EDQUOT" : strerror(errno));
    close(file);
    unlink("/data/hog");
    return fflush(stdout) == 0 ? 0 : 1;
}
