/**
 * Compiles metered modules, makes instances of them, and runs them within their limits.
 *
 * <p>Takes a {@code MeteredModule}, gives a {@code CompiledModule} and from it {@code
 * GuestInstance}s. Never decides what a guest may import, and never reads a file except its own
 * compile cache.
 */
@NullMarked
package dev.cordon.runtime;

import org.jspecify.annotations.NullMarked;
