/**
 * File systems behind one interface of handles, and the only way from a guest's path to a file.
 *
 * <p>A {@link dev.cordon.wasi.fs.Mount} is a directory that guests are let into; a {@link
 * dev.cordon.wasi.fs.Walk} takes a path and an open directory and gives the open directory that
 * holds the last component, and its name. Nothing here ever names a file by more than that, and
 * nothing knows of descriptors, rights or guests' memory.
 */
@NullMarked
package dev.cordon.wasi.fs;

import org.jspecify.annotations.NullMarked;
