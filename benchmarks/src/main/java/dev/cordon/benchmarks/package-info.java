/**
 * Measures what metering, calls, instances and loading cost, beside the peers, in one run.
 *
 * <p>One class per question. Never a source of truth about correctness: that is the tests' work.
 */
@NullMarked
package dev.cordon.benchmarks;

import org.jspecify.annotations.NullMarked;
