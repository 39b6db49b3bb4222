/*
 * Reads the first byte of /data/file again and again, to show what becomes of a guest whose grant
 * is taken back while it runs. Says `reading` once it began, and then with which error it ended.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
    char byte;
    int file = open("/data/file", O_RDONLY);
    if (file < 0) {
        perror("keep-reading");
        return 1;
    }
    printf("reading\n");
    fflush(stdout);
    while (pread(file, &byte, 1, 0) == 1) {
        usleep(1000);
    }
    printf("%s\n", errno == EBADF ? "EBADF" : strerror(errno));
    printf("%s\n", open("/data/file", O_RDONLY) < 0 ? "cannot open it again" : "opened it again");
    return fflush(stdout) == 0 ? 0 : 1;
}
