/**
 * Data that plugins and the application share, by key.
 *
 * <p>Takes keys, values and who asks; gives answers, never an object that two sides hold. Decides
 * by owner, access rules and quota, and knows nothing of guests.
 */
@NullMarked
package dev.cordon.data;

import org.jspecify.annotations.NullMarked;
