/*
 * A WASI command that connects, sends a line and prints what comes back: `tcp-client A.B.C.D PORT
 * TEXT`. Speaks the socket functions that WasmEdge knows. Status 1 names the step that failed and
 * the error number of WASI.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasi/api.h>

#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(name)))

struct address {
    const uint8_t *bytes;
    uint32_t length;
};

WASI("sock_open") int32_t sock_open(int32_t family, int32_t type, int32_t *descriptor);
WASI("sock_connect") int32_t sock_connect(int32_t descriptor, struct address *to, int32_t port);

static void check(int error, const char *step) {
    if (error != 0) {
        fprintf(stderr, "tcp-client: %s: error %d\n", step, error);
        exit(1);
    }
}

int main(int argc, char **argv) {
    unsigned part[4];
    uint8_t bytes[4];
    int32_t descriptor;
    char buffer[512];
    if (argc != 4 || sscanf(argv[1], "%u.%u.%u.%u", &part[0], &part[1], &part[2], &part[3]) != 4) {
        fprintf(stderr, "usage: tcp-client A.B.C.D PORT TEXT\n");
        return 2;
    }
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t) part[i];
    }
    struct address to = {bytes, sizeof bytes};
    check(sock_open(1, 2, &descriptor), "open");
    check(sock_connect(descriptor, &to, atoi(argv[2])), "connect");
    __wasi_ciovec_t text = {(const uint8_t *) argv[3], strlen(argv[3])};
    __wasi_size_t sent;
    check(__wasi_sock_send((__wasi_fd_t) descriptor, &text, 1, 0, &sent), "send");
    check(__wasi_sock_shutdown((__wasi_fd_t) descriptor, __WASI_SDFLAGS_WR), "shut down");
    for (;;) {
        __wasi_iovec_t into = {(uint8_t *) buffer, sizeof buffer};
        __wasi_size_t got;
        __wasi_roflags_t flags;
        check(__wasi_sock_recv((__wasi_fd_t) descriptor, &into, 1, 0, &got, &flags), "receive");
        if (got == 0) {
            break;
        }
        fwrite(buffer, 1, got, stdout);
    }
    close(descriptor);
    return fflush(stdout) == 0 ? 0 : 1;
}
