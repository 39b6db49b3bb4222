/**
 * A log of records on disk that loses nothing which was acknowledged.
 *
 * <p>Takes bytes and gives them back in their order. Does not know what they mean.
 */
@NullMarked
package dev.cordon.data.store;

import org.jspecify.annotations.NullMarked;
