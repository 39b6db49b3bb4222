package dev.cordon.wasm;

/**
 * Where a custom section is.
 *
 * @param name its name, as in the file
 * @param offset of its content after the name, in bytes from the start of the module
 * @param size of its content, in bytes
 */
public record CustomSection(String name, int offset, int size) {}
