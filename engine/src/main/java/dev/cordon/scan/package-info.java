/**
 * What a static scan says about a plugin, and what a host makes of it.
 *
 * <p>The values: rules, findings, reports, policies, suppressions. Knows nothing of how a module is
 * scanned.
 */
@NullMarked
package dev.cordon.scan;

import org.jspecify.annotations.NullMarked;
