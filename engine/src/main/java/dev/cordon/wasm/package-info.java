/**
 * Decides whether bytes are a WebAssembly module that this engine can run.
 *
 * <p>Takes the bytes of a module, gives a {@code ModuleOutline} of what is in them and then a
 * {@code ValidModule}. Never changes the bytes, never runs any of them, and hands nothing to
 * Chicory's parser that the bounded reader has not walked first.
 */
@NullMarked
package dev.cordon.wasm;

import org.jspecify.annotations.NullMarked;
