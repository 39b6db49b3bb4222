package dev.cordon.wasi;

/**
 * The three standard streams of a guest.
 *
 * @param stdin what it reads as descriptor 0
 * @param stdout takes what it writes as descriptor 1
 * @param stderr takes what it writes as descriptor 2
 */
public record WasiStreams(GuestInput stdin, GuestOutput stdout, GuestOutput stderr) {
    /**
     * Streams that lead nowhere.
     *
     * @return an empty input and outputs that discard
     */
    public static WasiStreams none() {
        return new WasiStreams(GuestInput.empty(), GuestOutput.discard(), GuestOutput.discard());
    }
}
