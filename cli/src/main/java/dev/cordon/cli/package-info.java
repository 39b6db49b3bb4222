/**
 * The {@code cordon} command.
 *
 * <p>Takes arguments and three streams, gives an exit status and what a plugin answered. Never
 * decides what a plugin may do beyond the grants and quotas that its options spell out, and never
 * prints a stranger's text as it is.
 */
@NullMarked
package dev.cordon.cli;

import org.jspecify.annotations.NullMarked;
