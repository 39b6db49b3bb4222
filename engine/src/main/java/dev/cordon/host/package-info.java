/**
 * Functions of the application that guests import: described here, called by the engine.
 *
 * <p>What a guest passes is checked, copied and paid for before the application sees it.
 */
@NullMarked
package dev.cordon.host;

import org.jspecify.annotations.NullMarked;
