/**
 * The plugin engine: load plugins, call them, see what the calls cost.
 *
 * <p>Takes files and payloads, gives results or one typed error. Start with {@link
 * dev.cordon.PluginEngine}.
 */
@NullMarked
package dev.cordon;

import org.jspecify.annotations.NullMarked;
