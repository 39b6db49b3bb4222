/**
 * The numbers and layouts of WASI preview 1, and checked access to the guest's memory.
 *
 * <p>Takes addresses and lengths as the guest wrote them, gives slices that lie within its memory.
 * Never touches anything but that memory, and never decides what a guest may do.
 */
@NullMarked
package dev.cordon.wasi.abi;

import org.jspecify.annotations.NullMarked;
