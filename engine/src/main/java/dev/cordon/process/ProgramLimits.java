package dev.cordon.process;

import java.time.Duration;

/**
 * What one program may use.
 *
 * @param outputBytes most bytes that it writes to stdout, and to stderr
 * @param time how long it may run, whatever its caller has left
 */
public record ProgramLimits(int outputBytes, Duration time) {
    /** 1 MiB of each, one minute. */
    public static final ProgramLimits DEFAULTS = new ProgramLimits(1 << 20, Duration.ofSeconds(60));
}
