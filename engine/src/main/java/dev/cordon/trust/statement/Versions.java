package dev.cordon.trust.statement;

import java.math.BigInteger;

/** Compares semantic versions; what stands behind a plus sign does not count. */
public final class Versions {
    private Versions() {}

    /**
     * Compares two versions.
     *
     * @param left a semantic version
     * @param right a semantic version
     * @return less than, equal to or greater than 0 as the left one is older, equal or newer
     */
    public static int compare(String left, String right) {
        String a = withoutBuild(left);
        String b = withoutBuild(right);
        int core = parts(core(a), core(b));
        if (core != 0) {
            return core;
        }
        String aPre = a.substring(core(a).length());
        String bPre = b.substring(core(b).length());
        if (aPre.isEmpty() || bPre.isEmpty()) {
            return Boolean.compare(aPre.isEmpty(), bPre.isEmpty()); // a pre-release is older
        }
        return parts(aPre.substring(1), bPre.substring(1));
    }

    private static String withoutBuild(String version) {
        int plus = version.indexOf('+');
        return plus < 0 ? version : version.substring(0, plus);
    }

    private static String core(String version) {
        int hyphen = version.indexOf('-');
        return hyphen < 0 ? version : version.substring(0, hyphen);
    }

    private static int parts(String left, String right) {
        String[] a = left.split("\\.", -1);
        String[] b = right.split("\\.", -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int order = part(a[i], b[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }

    private static int part(String left, String right) {
        boolean a = isNumber(left);
        boolean b = isNumber(right);
        if (a && b) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return a == b ? left.compareTo(right) : Boolean.compare(b, a); // numbers are older
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
