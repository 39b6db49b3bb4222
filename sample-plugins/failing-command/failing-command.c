/* A WASI command that reads stdin to its end and fails: text on stderr, exit status 3. */
#include <stdio.h>
#include <unistd.h>

static char chunk[65536];

int main(void) {
    long long bytes = 0;
    ssize_t length;
    while ((length = read(STDIN_FILENO, chunk, sizeof chunk)) > 0) {
        bytes += length;
    }
    printf("half a result");
    fflush(stdout);
    fprintf(stderr, "failing-command: cannot make sense of %lld bytes\n", bytes);
    return 3;
}
