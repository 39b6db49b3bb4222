/**
 * File systems behind one interface of handles: nothing here ever names a file by more than an open
 * directory and one component.
 *
 * <p>Knows nothing of descriptors, rights or guests' memory.
 */
@NullMarked
package dev.cordon.wasi.fs;

import org.jspecify.annotations.NullMarked;
