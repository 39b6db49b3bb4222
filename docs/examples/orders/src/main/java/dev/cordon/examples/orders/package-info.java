/** An order service whose work is done by plugins, each held to what it was granted. */
@NullMarked
package dev.cordon.examples.orders;

import org.jspecify.annotations.NullMarked;
