package dev.cordon.wasi.net;

import java.nio.channels.ServerSocketChannel;

/**
 * A listener that the embedder hands to guests.
 *
 * @param channel bound and non-blocking; never closed by a guest
 * @param door what was accepted on it, closed with it
 */
public record LentListener(ServerSocketChannel channel, OpenSockets door) {}
