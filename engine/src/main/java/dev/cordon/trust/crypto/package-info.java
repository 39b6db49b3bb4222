/**
 * What all checks of signatures share: the provider of cryptography, and the way a check ends that
 * found a fault.
 */
@NullMarked
package dev.cordon.trust.crypto;

import org.jspecify.annotations.NullMarked;
