package dev.cordon.guest;

import java.util.List;

/** The host functions that one module imports; only {@link HostApi} makes it. Immutable. */
public final class HostImports {
    private final List<HostOffer> offers;
    private final List<String> names;

    HostImports(List<HostOffer> offers) {
        this.offers = List.copyOf(offers);
        this.names = this.offers.stream().map(HostOffer::label).toList();
    }

    List<HostOffer> offers() {
        return offers;
    }

    /**
     * What the functions are called.
     *
     * @return {@code module.name}, in the order of the imports
     */
    public List<String> names() {
        return names;
    }
}
