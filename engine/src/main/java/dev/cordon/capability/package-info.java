/**
 * What a host may allow a guest, and what it did allow.
 *
 * <p>Takes grants as people write them, gives typed values and an immutable set of them. Never
 * opens a door itself: the steps above ask and act.
 */
@NullMarked
package dev.cordon.capability;

import org.jspecify.annotations.NullMarked;
