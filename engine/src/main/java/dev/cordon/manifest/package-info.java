/**
 * What a plugin says about itself and asks for.
 *
 * <p>Takes the bytes of a JSON document, gives a {@code Manifest} or says where it is wrong. Never
 * grants anything: what stands in a manifest is the word of whoever wrote it.
 */
@NullMarked
package dev.cordon.manifest;

import org.jspecify.annotations.NullMarked;
