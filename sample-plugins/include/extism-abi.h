/*
 * The part of the Extism plug-in ABI that the samples use, for C without any library.
 *
 * A block lies with the host; a handle is a number that names one of its bytes, and 0 names none.
 */
#ifndef EXTISM_ABI_H
#define EXTISM_ABI_H

#include <stdint.h>

typedef uint64_t extism_handle;

#define EXTISM_IMPORT(name) \
    __attribute__((import_module("extism:host/env"), import_name(#name))) extern

/* Declares a function of the application. */
#define EXTISM_USER_IMPORT(name) \
    __attribute__((import_module("extism:host/user"), import_name(#name))) extern

/* Begins the definition of a command; 0 is success. */
#define EXTISM_COMMAND(name) \
    __attribute__((export_name(#name))) int32_t extism_command_##name(void)

EXTISM_IMPORT(alloc) extism_handle extism_alloc(uint64_t length);
EXTISM_IMPORT(free) void extism_free(extism_handle block);
EXTISM_IMPORT(length) uint64_t extism_length(extism_handle block);
EXTISM_IMPORT(load_u8) uint32_t extism_load_u8(extism_handle byte);
EXTISM_IMPORT(load_u64) uint64_t extism_load_u64(extism_handle bytes);
EXTISM_IMPORT(store_u8) void extism_store_u8(extism_handle byte, uint32_t value);
EXTISM_IMPORT(store_u64) void extism_store_u64(extism_handle bytes, uint64_t value);
EXTISM_IMPORT(input_length) uint64_t extism_input_length(void);
EXTISM_IMPORT(input_offset) extism_handle extism_input_offset(void);
EXTISM_IMPORT(input_load_u8) uint32_t extism_input_load_u8(uint64_t offset);
EXTISM_IMPORT(output_set) void extism_output_set(extism_handle from, uint64_t length);
EXTISM_IMPORT(error_set) void extism_error_set(extism_handle text);
EXTISM_IMPORT(config_get) extism_handle extism_config_get(extism_handle key);
EXTISM_IMPORT(var_get) extism_handle extism_var_get(extism_handle key);
EXTISM_IMPORT(var_set) void extism_var_set(extism_handle key, extism_handle value);
EXTISM_IMPORT(log_info) void extism_log_info(extism_handle text);
EXTISM_IMPORT(http_request)
extism_handle extism_http_request(extism_handle request, extism_handle body);
EXTISM_IMPORT(http_status_code) uint32_t extism_http_status_code(void);
EXTISM_IMPORT(http_headers) extism_handle extism_http_headers(void);

/* A block with a copy of LENGTH bytes. */
static inline extism_handle extism_block(const char *bytes, uint64_t length) {
    extism_handle block = extism_alloc(length);
    for (uint64_t i = 0; i < length; i++) {
        extism_store_u8(block + i, (unsigned char) bytes[i]);
    }
    return block;
}

/* A block with a copy of a text. */
static inline extism_handle extism_text(const char *text) {
    uint64_t length = 0;
    while (text[length] != 0) {
        length++;
    }
    return extism_block(text, length);
}

#endif
