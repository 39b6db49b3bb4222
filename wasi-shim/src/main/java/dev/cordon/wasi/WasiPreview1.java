package dev.cordon.wasi;

import dev.cordon.wasi.preview1.Preview1;

/** Starts sessions of WASI preview 1. */
public final class WasiPreview1 {
    /** The module that guests import the functions from. */
    public static final String MODULE = Preview1.MODULE;

    private WasiPreview1() {}

    /**
     * Starts a session for one instance.
     *
     * @param config everything that the guest may reach in its first run
     * @return a session with fresh state
     */
    public static Wasi start(WasiConfig config) {
        return new Wasi(config);
    }
}
