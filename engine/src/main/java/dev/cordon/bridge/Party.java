package dev.cordon.bridge;

/**
 * Who sends, handles, publishes or subscribes: the application, or one plugin. Immutable.
 *
 * <p>The engine sets it; what a plugin says about itself in a payload has no influence.
 *
 * @param isPlugin whether it is a plugin
 * @param id the plugin's id; {@code host} for the application
 */
public record Party(boolean isPlugin, String id) {
    private static final Party HOST = new Party(false, "host");

    /**
     * The application.
     *
     * @return the same at each call
     */
    public static Party host() {
        return HOST;
    }

    /**
     * A plugin.
     *
     * @param id the id of its manifest
     * @return the party
     */
    public static Party plugin(String id) {
        return new Party(true, id);
    }

    /**
     * The party as the {@code source} of events.
     *
     * @return {@code cordon:/host} or {@code cordon:/plugins/ID}
     */
    public String source() {
        return isPlugin ? "cordon:/plugins/" + id : "cordon:/host";
    }

    @Override
    public String toString() {
        return source();
    }
}
