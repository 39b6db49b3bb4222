/**
 * What an application says about Extism plugins: their manifests and the functions that it offers
 * them.
 *
 * <p>Takes manifest files, gives the module, quota and grants that they stand for. Knows nothing of
 * running guests.
 */
@NullMarked
package dev.cordon.extism;

import org.jspecify.annotations.NullMarked;
