/**
 * Signatures beside a module: CMS with certificates and timestamps, and those of minisign.
 *
 * <p>A signature that is mathematically right is the least of what is asked. Who made it, whether
 * its algorithm and key prove anything, whether its certificate was valid and for this use, and
 * whether it was revoked, each has its own answer.
 */
@NullMarked
package dev.cordon.trust.detached;

import org.jspecify.annotations.NullMarked;
