package dev.cordon;

/** What becomes of a plugin that asks for a capability that it was not granted. */
public enum MissingGrants {
    /** It is loaded; {@link Plugin#missingGrants()} says what it lacks. */
    REPORT,
    /** It is not loaded. */
    REFUSE
}
