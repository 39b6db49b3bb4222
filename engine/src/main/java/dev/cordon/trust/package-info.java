/**
 * Who may publish what, and what was found out about a plugin.
 *
 * <p>A {@code TrustPolicy} is the word of an administrator, a {@code Verdict} what came of it. The
 * packages below read signatures, certificates and statements; the judge puts their answers
 * together.
 */
@NullMarked
package dev.cordon.trust;

import org.jspecify.annotations.NullMarked;
