/**
 * The functions of WASI preview 1, one class for each group.
 *
 * <p>Takes a {@code Host}, which is everything that a guest may reach, and gives host functions for
 * Chicory. Never reaches anything but that host and the guest's memory, and never changes either
 * before every pointer of a call was checked.
 */
@NullMarked
package dev.cordon.wasi.preview1;

import org.jspecify.annotations.NullMarked;
