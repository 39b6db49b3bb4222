package dev.cordon.trust.detached;

import dev.cordon.error.GuestText;
import java.io.IOException;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;

/** Names of certificates as policies have them, in the form of RFC 2253. */
final class Names {
    private static final int MAX_SHOWN = 200;

    private Names() {}

    static String shown(X500Name name) {
        String text;
        try {
            text = new X500Principal(name.getEncoded()).getName();
        } catch (IOException | IllegalArgumentException strange) {
            text = name.toString();
        }
        return GuestText.printable(text, MAX_SHOWN);
    }
}
