/**
 * How much a call, a plugin or an engine may use.
 *
 * <p>Takes numbers and texts such as {@code 4MiB}, gives immutable limits that combine so that the
 * tighter one wins. Never counts use and never stops anything.
 */
@NullMarked
package dev.cordon.quota;

import org.jspecify.annotations.NullMarked;
