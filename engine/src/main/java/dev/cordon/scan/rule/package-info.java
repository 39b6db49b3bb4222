/**
 * Scans a module without running any of it.
 *
 * <p>Takes a plugin's bytes, gives a {@code ScanReport}. {@code ModuleScanner} is the table of
 * contents; each rule is a class. A scan takes time that grows with the bytes of the module and
 * memory that does not grow with what it finds; whatever the bytes, there is a report.
 */
@NullMarked
package dev.cordon.scan.rule;

import org.jspecify.annotations.NullMarked;
