/**
 * Requests of guests over HTTP: reading them, sending them through the egress rules, following
 * redirects, and connections that are kept for the next request.
 */
@NullMarked
package dev.cordon.http;

import org.jspecify.annotations.NullMarked;
