/*
 * Opens /data again and again until it is refused. `open-files-hog` aborts then; `open-files-hog
 * graceful` says how often it worked.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    int graceful = argc > 1 && strcmp(argv[argc - 1], "graceful") == 0;
    int count = 0;
    while (open("/data", O_RDONLY | O_DIRECTORY) >= 0) {
        count++;
    }
    if (!graceful) {
        abort();
    }
    printf("%d, then %s\n", count, errno == EMFILE ? "EMFILE" : strerror(errno));
    return fflush(stdout) == 0 ? 0 : 1;
}
