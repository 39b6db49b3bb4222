package dev.cordon.wasm;

/**
 * One thing that a module exports.
 *
 * @param name the name, as in the file
 * @param kind what it is
 * @param index its index among the things of its kind, imported ones first
 */
public record ExportedItem(String name, ExternKind kind, int index) {}
