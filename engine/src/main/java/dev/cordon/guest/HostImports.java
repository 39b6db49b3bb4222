package dev.cordon.guest;

import java.util.List;

/**
 * The host functions that one module imports, and what they share from call to call; only {@link
 * HostApi} makes it. Thread-safe.
 */
public final class HostImports {
    private final List<HostOffer> offers;
    private final List<String> names;
    private final ExtismVariables variables;
    private final long responseBytes;

    HostImports(List<HostOffer> offers, ExtismTerms terms) {
        this.offers = List.copyOf(offers);
        this.variables = new ExtismVariables(terms.variableBytes());
        this.responseBytes = terms.responseBytes();
        this.names = this.offers.stream().map(HostOffer::label).toList();
    }

    List<HostOffer> offers() {
        return offers;
    }

    /** The variables of an Extism plugin; empty and unreachable for any other. */
    ExtismVariables variables() {
        return variables;
    }

    /** Largest body of a response to an Extism plugin. */
    long responseBytes() {
        return responseBytes;
    }

    /** Whether the module is written for Extism. */
    boolean extism() {
        return offers.stream().anyMatch(offer -> offer.module().equals(ExtismImports.MODULE));
    }

    /** Whether calls can change what later calls see, so that two at once could lose a change. */
    boolean changesVariables() {
        return offers.stream()
                .anyMatch(
                        offer ->
                                offer.module().equals(ExtismImports.MODULE)
                                        && offer.name().equals(ExtismImports.VAR_SET));
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
