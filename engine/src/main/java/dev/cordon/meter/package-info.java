/**
 * Decides what each point of a function costs.
 *
 * <p>Takes a {@code ValidModule}, gives a {@code MeteredModule} with a plan per function. Never
 * changes the module and never runs it.
 */
@NullMarked
package dev.cordon.meter;

import org.jspecify.annotations.NullMarked;
