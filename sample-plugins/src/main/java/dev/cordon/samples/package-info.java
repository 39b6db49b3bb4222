/**
 * Ready-built guests, good and bad: takes a sample's name, gives its module and manifest, and never
 * runs them.
 */
@NullMarked
package dev.cordon.samples;

import org.jspecify.annotations.NullMarked;
