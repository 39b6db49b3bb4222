/**
 * Signatures inside a module, in the format of wasmsign2, more strictly than the tool reads it.
 *
 * <p>A signature counts only if it is over the whole module: every hash of every part, in order,
 * none missing. Section headers are hashed as they are in the file, so nothing can be re-encoded.
 */
@NullMarked
package dev.cordon.trust.embedded;

import org.jspecify.annotations.NullMarked;
