/**
 * Puts together what policy, signatures, certificates, statements and the past say about a plugin.
 *
 * <p>Takes a {@code PluginBundle}, gives a {@code TrustedBundle} or refuses. What is not known to
 * be good is rejected.
 */
@NullMarked
package dev.cordon.trust.judge;

import org.jspecify.annotations.NullMarked;
