package dev.cordon.wasm;

import java.util.OptionalLong;

/**
 * How large a memory (in pages) or a table (in elements) starts and may get.
 *
 * @param minimum what it starts with
 * @param maximum the most it declares, empty if it declares none
 */
public record DeclaredSize(long minimum, OptionalLong maximum) {}
