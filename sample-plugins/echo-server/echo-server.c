/*
 * A WASI command that serves one connection after another on the socket that it was handed, sending
 * back what it gets: `echo-server [CONNECTIONS]`, one unless given. Needs nothing but preview 1.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char buffer[16 * 1024];

static int listener(void) {
    for (int descriptor = 3; descriptor < 100; descriptor++) {
        int type;
        socklen_t length = sizeof type;
        if (getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &length) == 0) {
            return descriptor;
        }
    }
    return -1;
}

static int serve(int connection) {
    ssize_t count;
    while ((count = recv(connection, buffer, sizeof buffer, 0)) > 0) {
        for (ssize_t done = 0; done < count;) {
            ssize_t sent = send(connection, buffer + done, (size_t) (count - done), 0);
            if (sent < 0) {
                return -1;
            }
            done += sent;
        }
    }
    return (int) count;
}

int main(int argc, char **argv) {
    int connections = argc > 1 ? atoi(argv[1]) : 1;
    int socket = listener();
    if (socket < 0) {
        fprintf(stderr, "echo-server: no socket to listen on\n");
        return 2;
    }
    for (int i = 0; i < connections; i++) {
        int connection = accept(socket, NULL, NULL);
        if (connection < 0 || serve(connection) != 0) {
            fprintf(stderr, "echo-server: %s\n", strerror(errno));
            return 1;
        }
        shutdown(connection, SHUT_RDWR);
        close(connection);
    }
    printf("served %d\n", connections);
    return fflush(stdout) == 0 ? 0 : 1;
}
