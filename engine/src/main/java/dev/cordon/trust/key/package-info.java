/**
 * Keys: what publishers sign with, and what a policy knows them by.
 *
 * <p>A key that is too weak to prove anything is refused when it is read, so that no other code has
 * to ask.
 */
@NullMarked
package dev.cordon.trust.key;

import org.jspecify.annotations.NullMarked;
