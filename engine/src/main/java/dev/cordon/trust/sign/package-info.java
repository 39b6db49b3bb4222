/**
 * Making signatures: what a publisher needs, and an authority to try things out with.
 *
 * <p>Nothing here is used when a plugin is loaded.
 */
@NullMarked
package dev.cordon.trust.sign;

import org.jspecify.annotations.NullMarked;
