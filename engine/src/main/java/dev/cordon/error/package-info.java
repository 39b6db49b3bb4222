/**
 * Everything that can go wrong, with stable codes.
 *
 * <p>Takes what a step knows of a failure and gives one exception of a small sealed family. Never
 * decides whether something is a failure.
 */
@NullMarked
package dev.cordon.error;

import org.jspecify.annotations.NullMarked;
