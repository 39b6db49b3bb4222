package dev.cordon.wasm;

/**
 * A table, imported or not.
 *
 * @param type what it holds, for example {@code funcref}
 * @param size its elements
 */
public record DeclaredTable(String type, DeclaredSize size) {}
