/* A WASI command that prints both clocks, their resolution and 16 random bytes. */
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static void print_clock(const char *name, clockid_t clock) {
    struct timespec now;
    struct timespec resolution;
    if (clock_gettime(clock, &now) != 0 || clock_getres(clock, &resolution) != 0) {
        printf("%s unavailable\n", name);
        return;
    }
    printf("%s %lld.%09ld\n", name, (long long) now.tv_sec, now.tv_nsec);
    printf("%s-resolution %lld.%09ld\n", name, (long long) resolution.tv_sec, resolution.tv_nsec);
}

int main(void) {
    uint8_t random[16];
    print_clock("realtime", CLOCK_REALTIME);
    print_clock("monotonic", CLOCK_MONOTONIC);
    if (getentropy(random, sizeof random) != 0) {
        printf("random unavailable\n");
    } else {
        printf("random ");
        for (size_t i = 0; i < sizeof random; i++) {
            printf("%02x", random[i]);
        }
        printf("\n");
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
