package dev.cordon.scan;

import java.util.List;

/** Knows which versions of which components are vulnerable. Thread-safe. */
public interface Advisories {
    /** Knows nothing. */
    Advisories NONE =
            new Advisories() {
                @Override
                public List<Vulnerability> affecting(Component component) {
                    return List.of();
                }

                @Override
                public int size() {
                    return 0;
                }
            };

    /**
     * What is known against a component.
     *
     * @param component a part of a plugin
     * @return each advisory once
     */
    List<Vulnerability> affecting(Component component);

    /**
     * How many advisories there are.
     *
     * @return 0 if components cannot be checked
     */
    int size();
}
