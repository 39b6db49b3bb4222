/** How documents of strangers are read as JSON, wherever that is. */
@NullMarked
package dev.cordon.json;

import org.jspecify.annotations.NullMarked;
