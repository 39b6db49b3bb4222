package dev.cordon.trust.judge;

import dev.cordon.manifest.Release;
import dev.cordon.trust.SignatureKind;
import java.util.Arrays;
import java.util.List;

/**
 * What a plugin says about itself under its signatures.
 *
 * @param id the plugin's id
 * @param version a semantic version
 * @param requests grants that it asks for
 * @param release its sequence, period and kinds of signature
 */
record Subject(String id, String version, List<String> requests, Release release) {
    /** The kinds of signature that it must have. */
    List<SignatureKind> kinds() {
        return Arrays.stream(SignatureKind.values())
                .filter(kind -> release.signatures().contains(kind.text()))
                .toList();
    }
}
