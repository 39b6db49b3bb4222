/**
 * Starts programs of the host for guests: no shell, nothing inherited, bounded output and time, and
 * an end for whatever they started.
 *
 * <p>Takes a program that was granted and the guest's arguments. Knows nothing of guests or grants.
 */
@NullMarked
package dev.cordon.process;

import org.jspecify.annotations.NullMarked;
