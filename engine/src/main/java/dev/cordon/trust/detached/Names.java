package dev.cordon.trust.detached;

import dev.cordon.error.GuestText;
import org.bouncycastle.asn1.x500.X500Name;

/** Names of certificates, as messages show them. */
final class Names {
    private static final int MAX_SHOWN = 200;

    private Names() {}

    static String shown(X500Name name) {
        return GuestText.printable(name.toString(), MAX_SHOWN);
    }
}
