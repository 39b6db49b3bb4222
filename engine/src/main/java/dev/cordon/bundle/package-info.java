/**
 * A plugin's file, read once.
 *
 * <p>Takes a path or bytes, gives a {@code PluginBundle} whose bytes never change again. The only
 * package of the engine that opens a plugin's file; never looks inside.
 */
@NullMarked
package dev.cordon.bundle;

import org.jspecify.annotations.NullMarked;
