package dev.cordon.wasi;

import java.util.List;

/**
 * The doors through which a guest reaches files and the network. Closing one revokes it while
 * guests run; none of them is closed with a session.
 *
 * @param preopens directories that the guest finds open, as descriptors from 3
 * @param listeners sockets that it may accept connections on, as the descriptors behind those
 * @param network what it may reach by opening sockets itself
 */
public record WasiDoors(List<Preopen> preopens, List<GuestListener> listeners, Network network) {
    /** Copies the lists. */
    public WasiDoors {
        preopens = List.copyOf(preopens);
        listeners = List.copyOf(listeners);
    }

    /**
     * No doors.
     *
     * @return no directory, no socket, no network
     */
    public static WasiDoors none() {
        return new WasiDoors(List.of(), List.of(), Network.none());
    }
}
