/**
 * Signed statements of an administrator or a publisher: which things are revoked, and which key
 * takes over from which. An envelope carries the bytes as signed, so that nothing is re-encoded.
 */
@NullMarked
package dev.cordon.trust.statement;

import org.jspecify.annotations.NullMarked;
