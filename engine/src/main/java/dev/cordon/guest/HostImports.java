package dev.cordon.guest;

import dev.cordon.wasi.WasiPreview1;
import java.util.List;
import java.util.Set;

/**
 * The host functions that one module imports, and what they share from call to call; only {@link
 * HostApi} makes it. Thread-safe.
 */
public final class HostImports {
    private static final Set<String> OF_ENGINE =
            Set.of(CordonImports.MODULE, ExtismImports.MODULE, WasiPreview1.MODULE);

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

    /** Whether code of the application runs when the module calls what it imports. */
    boolean callsApplication() {
        return offers.stream().anyMatch(offer -> !OF_ENGINE.contains(offer.module()));
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
