/** What guests may use up, and the ledger that counts it. */
@NullMarked
package dev.cordon.wasi.limit;

import org.jspecify.annotations.NullMarked;
