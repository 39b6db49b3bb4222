package dev.cordon.scan;

import dev.cordon.quota.Quota;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a host asks of a scan. Immutable; every {@code with} method returns a copy. */
public final class ScanPolicy {
    /** Releases of early 2022: older ones get no fixes any more. */
    private static final Map<String, String> TOOLCHAIN_FLOORS =
            Map.of("rustc", "1.58", "clang", "14", "TinyGo", "0.22", "Go", "1.18");

    private static final ScanPolicy DEFAULTS =
            new ScanPolicy(
                    Level.HIGH,
                    Suppressions.NONE,
                    Advisories.NONE,
                    false,
                    Quota.defaults(),
                    TOOLCHAIN_FLOORS);

    private final Level failOn;
    private final Suppressions suppressions;
    private final Advisories advisories;
    private final boolean requiresSbom;
    private final Quota quota;
    private final Map<String, String> toolchainFloors;

    private ScanPolicy(
            Level failOn,
            Suppressions suppressions,
            Advisories advisories,
            boolean requiresSbom,
            Quota quota,
            Map<String, String> toolchainFloors) {
        this.failOn = failOn;
        this.suppressions = suppressions;
        this.advisories = advisories;
        this.requiresSbom = requiresSbom;
        this.quota = quota;
        this.toolchainFloors = Map.copyOf(toolchainFloors);
    }

    /**
     * The start of all policies: findings of the level high or above fail, nothing is suppressed,
     * there are no advisories, a software bill of materials is not required, memory and tables are
     * held against the default quota.
     *
     * @return the defaults
     */
    public static ScanPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * Sets the least level that makes a scan fail.
     *
     * @param next the threshold
     * @return a copy
     */
    public ScanPolicy withFailOn(Level next) {
        return new ScanPolicy(next, suppressions, advisories, requiresSbom, quota, toolchainFloors);
    }

    /**
     * Sets which findings do not count.
     *
     * @param next all suppressions
     * @return a copy
     */
    public ScanPolicy withSuppressions(Suppressions next) {
        return new ScanPolicy(failOn, next, advisories, requiresSbom, quota, toolchainFloors);
    }

    /**
     * Sets what components are compared with.
     *
     * @param next for example a database of OSV files
     * @return a copy
     */
    public ScanPolicy withAdvisories(Advisories next) {
        return new ScanPolicy(failOn, suppressions, next, requiresSbom, quota, toolchainFloors);
    }

    /**
     * Sets whether a plugin without a software bill of materials is a finding.
     *
     * @param next true if it is
     * @return a copy
     */
    public ScanPolicy withRequiredSbom(boolean next) {
        return new ScanPolicy(failOn, suppressions, advisories, next, quota, toolchainFloors);
    }

    /**
     * Sets what a plugin's memory and tables are held against.
     *
     * @param next the quota that the plugin will have
     * @return a copy
     */
    public ScanPolicy withQuota(Quota next) {
        return new ScanPolicy(
                failOn, suppressions, advisories, requiresSbom, next, toolchainFloors);
    }

    /**
     * Sets the oldest version of a toolchain that is not a finding.
     *
     * @param tool its name as in the {@code producers} section, for example {@code rustc}
     * @param oldest numbers joined by dots
     * @return a copy
     */
    public ScanPolicy withToolchainFloor(String tool, String oldest) {
        Map<String, String> next = new LinkedHashMap<>(toolchainFloors);
        next.put(tool, oldest);
        return new ScanPolicy(failOn, suppressions, advisories, requiresSbom, quota, next);
    }

    /**
     * The least level that makes a scan fail.
     *
     * @return high unless set
     */
    public Level failOn() {
        return failOn;
    }

    /**
     * Which findings do not count.
     *
     * @return none unless set
     */
    public Suppressions suppressions() {
        return suppressions;
    }

    /**
     * What components are compared with.
     *
     * @return nothing unless set
     */
    public Advisories advisories() {
        return advisories;
    }

    /**
     * Whether a plugin without a software bill of materials is a finding.
     *
     * @return false unless set
     */
    public boolean requiresSbom() {
        return requiresSbom;
    }

    /**
     * What a plugin's memory and tables are held against.
     *
     * @return the default quota unless set
     */
    public Quota quota() {
        return quota;
    }

    /**
     * The oldest versions of toolchains that are not findings.
     *
     * @return by the tool's name
     */
    public Map<String, String> toolchainFloors() {
        return toolchainFloors;
    }
}
