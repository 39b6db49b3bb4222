/**
 * Advisories in the form of the Open Source Vulnerability format, from a folder or an archive.
 *
 * <p>Takes files that the operator provides, gives an {@code AdvisoryDatabase} that says what is
 * known against a component. Never writes a file, and never follows a name in an archive.
 */
@NullMarked
package dev.cordon.scan.advisory;

import org.jspecify.annotations.NullMarked;
