package dev.cordon.bridge;

/**
 * The application's say in who receives what of whom, beside the grants. Called by several threads
 * at once.
 */
@FunctionalInterface
public interface EventRule {
    /**
     * Decides; what is thrown is a no.
     *
     * @param publisher who published
     * @param topic what it is about
     * @param subscriber who would receive it
     * @return whether it is delivered
     */
    boolean allows(Party publisher, String topic, Party subscriber);
}
