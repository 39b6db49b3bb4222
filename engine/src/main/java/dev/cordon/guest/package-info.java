/**
 * The kinds of plugin and the host functions that they import.
 *
 * <p>Takes compiled modules and calls, gives plugin instances that run one call at a time. The only
 * place where a guest's pointers become host values; never decides which calls are admitted.
 */
@NullMarked
package dev.cordon.guest;

import org.jspecify.annotations.NullMarked;
