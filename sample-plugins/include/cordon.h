/*
 * Cordon guest ABI 1 for C: everything that a plugin can ask of its host.
 *
 * Header only; needs no C library. A command is an exported function of no arguments that returns
 * 0 for success and anything else for failure:
 *
 *     CORDON_COMMAND(shout) {
 *         ...
 *         return 0;
 *     }
 *
 * Pointers name the guest's own memory. A range that does not lie in it traps. Everything else
 * that can go wrong is a negative result, see enum cordon_result.
 */
#ifndef CORDON_H
#define CORDON_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define CORDON_LINKAGE extern "C"
#else
#define CORDON_LINKAGE
#endif

/* Declares a function that the host provides in its module "cordon". */
#define CORDON_IMPORT(name) \
    __attribute__((import_module("cordon"), import_name(#name))) extern

/* Begins the definition of a command that the host finds under the export NAME. */
#define CORDON_COMMAND(name) \
    CORDON_LINKAGE __attribute__((export_name(#name))) int32_t cordon_command_##name(void)

/* Negative results; 0 and up is success, and a count of bytes where bytes come back. */
enum cordon_result {
    CORDON_DENIED = -1,           /* the plugin lacks the capability */
    CORDON_NOT_FOUND = -2,        /* no such key, command or topic */
    CORDON_INVALID_ARGUMENT = -3, /* bad UTF-8, an empty name, an unknown level */
    CORDON_TOO_LARGE = -4,        /* more bytes than the host takes at once */
    CORDON_QUOTA = -5,            /* a quota of the plugin is used up */
    CORDON_FAILED = -6,           /* the other side failed; its text is the response */
    CORDON_CONFLICT = -7,         /* compare-and-set met another version */
    CORDON_UNAVAILABLE = -8       /* nobody can answer now */
};

enum cordon_level {
    CORDON_TRACE = 0,
    CORDON_DEBUG = 1,
    CORDON_INFO = 2,
    CORDON_WARN = 3,
    CORDON_ERROR = 4
};

/* ---- Payload in, result out ------------------------------------------------------------- */

/* Bytes of the payload. */
CORDON_IMPORT(input_length) int32_t cordon_input_length(void);

/* Copies up to LENGTH bytes of the payload from OFFSET on; returns how many. */
CORDON_IMPORT(input_read)
int32_t cordon_input_read(void *to, uint32_t offset, uint32_t length);

/* Appends to the result. */
CORDON_IMPORT(output_write) int32_t cordon_output_write(const void *from, uint32_t length);

/* Appends to the error text; the command then fails whatever it returns. */
CORDON_IMPORT(error_write) int32_t cordon_error_write(const char *from, uint32_t length);

/* ---- The response: bytes that the last call below brought back ---------------------------- */

/* Bytes of the current response. */
CORDON_IMPORT(response_length) int32_t cordon_response_length(void);

/* Copies up to LENGTH bytes of the current response from OFFSET on; returns how many. */
CORDON_IMPORT(response_read)
int32_t cordon_response_read(void *to, uint32_t offset, uint32_t length);

/* ---- Log and configuration ---------------------------------------------------------------- */

/* Logs UTF-8 text at a level of enum cordon_level. */
CORDON_IMPORT(log) int32_t cordon_log(int32_t level, const char *text, uint32_t length);

/* Makes a value of the plugin's configuration the response; returns its length. */
CORDON_IMPORT(config_get) int32_t cordon_config_get(const char *key, uint32_t key_length);

/* ---- Other plugins and the application ---------------------------------------------------- */

/*
 * Sends a command to whoever handles it and waits; the answer becomes the response. What the
 * callee spends comes out of what the caller has left.
 */
CORDON_IMPORT(command_send)
int32_t cordon_command_send(
        const char *name, uint32_t name_length, const void *payload, uint32_t payload_length);

/* Publishes an event; returns once it is accepted. */
CORDON_IMPORT(event_publish)
int32_t cordon_event_publish(
        const char *topic, uint32_t topic_length, const void *payload, uint32_t payload_length);

/* ---- What the plugin holds ---------------------------------------------------------------- */

/* Whether a use such as "command:send=order.price" or "fs:read=/data/x" is granted now: 1 or 0. */
CORDON_IMPORT(capability_query)
int32_t cordon_capability_query(const char *use, uint32_t use_length);

/* Makes the plugin's grants, a JSON array of texts, the response; returns its length. */
CORDON_IMPORT(capabilities_get) int32_t cordon_capabilities_get(void);

/* ---- Shared data -------------------------------------------------------------------------- */

/* Makes the value of a key the response; returns its length. */
CORDON_IMPORT(data_get) int32_t cordon_data_get(const char *key, uint32_t key_length);

/* The version of what cordon_data_get brought back last. */
CORDON_IMPORT(data_version) int64_t cordon_data_version(void);

/* Writes the value of a key. */
CORDON_IMPORT(data_put)
int32_t cordon_data_put(
        const char *key, uint32_t key_length, const void *value, uint32_t value_length);

/* Writes the value of a key if its version is still VERSION; version 0 means absent. */
CORDON_IMPORT(data_compare_and_set)
int32_t cordon_data_compare_and_set(
        const char *key,
        uint32_t key_length,
        int64_t version,
        const void *value,
        uint32_t value_length);

/* Deletes a key; only its owner may. */
CORDON_IMPORT(data_delete) int32_t cordon_data_delete(const char *key, uint32_t key_length);

/* ---- The outside world, where it is granted ----------------------------------------------- */

/*
 * Sends an HTTP request given as JSON {"method","url","headers"} with a body. The response is the
 * length of its JSON head in 4 bytes, little-endian, then the head {"status","url","headers"}, then
 * the body. A status such as 404 is an answer; without an answer the response says why.
 */
CORDON_IMPORT(http_request)
int32_t cordon_http_request(
        const char *request, uint32_t request_length, const void *body, uint32_t body_length);

/*
 * Runs a program, given as JSON {"program","args","stdin"}. The response is JSON
 * {"status","stdout","stderr"}. Bytes that are not UTF-8 are base64; a field "base64" lists them,
 * as ["stdout"], or ["stdin"] in a request.
 */
CORDON_IMPORT(exec) int32_t cordon_exec(const char *request, uint32_t request_length);

/* ---- Conveniences ------------------------------------------------------------------------- */

/* Bytes of a text before its terminating zero. */
static inline uint32_t cordon_text_length(const char *text) {
    uint32_t length = 0;
    while (text[length] != 0) {
        length++;
    }
    return length;
}

/* Ends a command with an error: `return cordon_fail("no such colour");`. */
static inline int32_t cordon_fail(const char *text) {
    cordon_error_write(text, cordon_text_length(text));
    return 1;
}

#ifdef __cplusplus
}
#endif

#endif
