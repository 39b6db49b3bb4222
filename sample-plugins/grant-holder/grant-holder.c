/*
 * A reactor that asks what it holds, and uses what it can.
 *
 *     held     answers with its grants, a JSON array
 *     query    the payload is a use, such as command:send=order.price; answers with the result
 *     use      the payload is a letter and what it is about; answers with the result:
 *              s NAME     sends a command
 *              p TOPIC    publishes an event
 *              g KEY      reads shared data
 *              w KEY      writes shared data
 *              r PATH     opens a file to be read
 *              f PATH     opens a file to be written, and writes to it
 *              n          draws a random byte
 *     spin     the payload is such a use; does it until there is shared data under stop, or a million
 *              times, answers with how often it was allowed
 *     keep     the payload is a path; opens it, sends the command app.pause, writes to the file that
 *              is still open, opens it again; answers with the three results
 *     on_event publishes seen.event
 *
 * Must get what is granted at that moment and no more, and never see a path of the host.
 */
#include "cordon.h"

#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name))) extern

WASI(fd_prestat_get) int32_t prestat_get(int32_t fd, void *result);
WASI(fd_prestat_dir_name) int32_t prestat_name(int32_t fd, char *to, uint32_t length);
WASI(path_open)
int32_t path_open(int32_t fd, int32_t lookup, const char *path, uint32_t length, int32_t how,
        uint64_t rights, uint64_t inheriting, int32_t flags, int32_t *result);
WASI(fd_write) int32_t fd_write(int32_t fd, const void *vectors, uint32_t count, uint32_t *done);
WASI(fd_close) int32_t fd_close(int32_t fd);
WASI(random_get) int32_t random_get(void *to, uint32_t length);

#define RIGHT_READ (1ull << 1)
#define RIGHT_WRITE (1ull << 6)
#define HOW_CREATE 1
#define NO_DIRECTORY 1000

static char payload[4200];
static char answer[65536];
static char name[256];

static void number(int32_t value) {
    char text[12];
    uint32_t at = sizeof text;
    uint32_t left = value < 0 ? -(uint32_t) value : (uint32_t) value;
    do {
        text[--at] = (char) ('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0) {
        text[--at] = '-';
    }
    cordon_output_write(text + at, sizeof text - at);
}

/* The length of a directory's name if the path lies in it. */
static uint32_t leads_to(int32_t fd, const char *path, uint32_t length) {
    uint32_t prestat[2];
    if (prestat_get(fd, prestat) != 0 || prestat[1] > sizeof name || prestat[1] >= length
            || prestat_name(fd, name, prestat[1]) != 0 || path[prestat[1]] != '/') {
        return 0;
    }
    for (uint32_t i = 0; i < prestat[1]; i++) {
        if (name[i] != path[i]) {
            return 0;
        }
    }
    return prestat[1];
}

/* Opens a path from the directory with the longest name that leads to it: 0 or what WASI says. */
static int32_t open(const char *path, uint32_t length, int32_t write, int32_t *fd) {
    int32_t from = 0;
    uint32_t longest = 0;
    for (int32_t each = 3; each < 16; each++) {
        uint32_t found = leads_to(each, path, length);
        if (found > longest) {
            longest = found;
            from = each;
        }
    }
    if (longest == 0) {
        return NO_DIRECTORY;
    }
    return path_open(from, 1, path + longest + 1, length - longest - 1, write ? HOW_CREATE : 0,
            write ? RIGHT_WRITE : RIGHT_READ, 0, 0, fd);
}

static int32_t append(int32_t fd) {
    struct {
        const void *from;
        uint32_t length;
    } vector = {"x", 1};
    uint32_t done;
    return fd_write(fd, &vector, 1, &done);
}

static int32_t use_file(const char *path, uint32_t length, int32_t write) {
    int32_t fd;
    int32_t result = open(path, length, write, &fd);
    if (result == 0) {
        result = write ? append(fd) : 0;
        fd_close(fd);
    }
    return result;
}

static int32_t use(uint32_t length) {
    const char *subject = payload + 2;
    length = length < 2 ? 0 : length - 2;
    switch (payload[0]) {
    case 's':
        return cordon_command_send(subject, length, "", 0);
    case 'p':
        return cordon_event_publish(subject, length, "", 0);
    case 'g':
        return cordon_data_get(subject, length);
    case 'w':
        return cordon_data_put(subject, length, "x", 1);
    case 'r':
        return use_file(subject, length, 0);
    case 'f':
        return use_file(subject, length, 1);
    default:
        return random_get(name, 1);
    }
}

CORDON_COMMAND(held) {
    uint32_t length = (uint32_t) cordon_capabilities_get();
    cordon_response_read(answer, 0, sizeof answer);
    return cordon_output_write(answer, length);
}

CORDON_COMMAND(query) {
    uint32_t length = (uint32_t) cordon_input_read(payload, 0, sizeof payload);
    number(cordon_capability_query(payload, length));
    return 0;
}

CORDON_COMMAND(use) {
    number(use((uint32_t) cordon_input_read(payload, 0, sizeof payload)));
    return 0;
}

CORDON_COMMAND(spin) {
    uint32_t length = (uint32_t) cordon_input_read(payload, 0, sizeof payload);
    int32_t allowed = 0;
    for (int32_t i = 0; i < 1000000 && cordon_data_get("stop", 4) < 0; i++) {
        allowed += use(length) >= 0;
    }
    number(allowed);
    return 0;
}

CORDON_COMMAND(keep) {
    uint32_t length = (uint32_t) cordon_input_read(payload, 0, sizeof payload);
    int32_t fd = -1;
    number(open(payload, length, 1, &fd));
    cordon_output_write(" ", 1);
    cordon_command_send("app.pause", 9, "", 0);
    number(append(fd));
    cordon_output_write(" ", 1);
    number(use_file(payload, length, 1));
    return 0;
}

CORDON_COMMAND(on_event) {
    return cordon_event_publish("seen.event", 10, "", 0) < 0;
}
