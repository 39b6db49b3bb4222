/**
 * What the engine tells about its work, and to whom.
 *
 * <p>Takes facts about calls from the steps above, gives them to an {@code EngineListener} as
 * immutable values. Never decides anything and never writes to a log or a file itself.
 */
@NullMarked
package dev.cordon.monitor;

import org.jspecify.annotations.NullMarked;
