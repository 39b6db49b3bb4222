/* A WASI command that prints its arguments and its environment, one to a line. */
#include <stdio.h>

extern char **environ;

int main(int argc, char **argv) {
    for (int i = 0; i < argc; i++) {
        printf("argument %d: %s\n", i, argv[i]);
    }
    for (char **variable = environ; *variable != NULL; variable++) {
        printf("environment: %s\n", *variable);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
