/** Guests in many languages, good and bad, and where to find them. */
module dev.cordon.samples {
    requires static transitive org.jspecify;

    exports dev.cordon.samples;
}
