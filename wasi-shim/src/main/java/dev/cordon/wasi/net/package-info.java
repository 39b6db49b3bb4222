/**
 * Addresses, the rules about them, and sockets that never wait.
 *
 * <p>Takes rules from the embedder and addresses from guests, and gives sockets that were checked
 * against those rules. Never opens, connects or sends anything that no rule allows, and never waits
 * for the network on the thread of a guest.
 */
@NullMarked
package dev.cordon.wasi.net;

import org.jspecify.annotations.NullMarked;
