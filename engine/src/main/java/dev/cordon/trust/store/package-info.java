/**
 * The files of trust: what was seen before, and the bounded reading of keys, lists and policies.
 */
@NullMarked
package dev.cordon.trust.store;

import org.jspecify.annotations.NullMarked;
