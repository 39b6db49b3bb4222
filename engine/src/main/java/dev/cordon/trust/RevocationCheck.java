package dev.cordon.trust;

/** What follows if nothing fresh says whether a certificate was revoked. */
public enum RevocationCheck {
    /** The certificate is not believed. */
    HARD,
    /** It is believed; one that a list names never is. */
    SOFT,
    /** Nobody looks at lists. */
    OFF
}
