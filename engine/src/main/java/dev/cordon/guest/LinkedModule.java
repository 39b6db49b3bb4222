package dev.cordon.guest;

import dev.cordon.runtime.CompiledModule;

/**
 * A module that another one of the same plugin imports functions from. Immutable.
 *
 * @param name the first name of these imports
 * @param compiled the code
 * @param imports what it imports from the host itself
 */
public record LinkedModule(String name, CompiledModule compiled, HostImports imports) {}
