package dev.cordon.trust.crypto;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The provider that signatures are made and checked with. */
public final class BouncyCastle {
    /** Passed by value and never registered: the JVM belongs to the application. */
    public static final Provider PROVIDER = new BouncyCastleProvider();

    private BouncyCastle() {}
}
