/** What was decided about each use of a file or an address, for whoever has to answer for it. */
@NullMarked
package dev.cordon.wasi.audit;

import org.jspecify.annotations.NullMarked;
