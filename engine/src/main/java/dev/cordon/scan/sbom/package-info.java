/**
 * Lists of a plugin's parts, as its publisher wrote them.
 *
 * <p>Takes the bytes of a custom section, gives the components that it names or says why it cannot
 * be read, in time and memory that its size bounds. Never believes that a component is there.
 */
@NullMarked
package dev.cordon.scan.sbom;

import org.jspecify.annotations.NullMarked;
