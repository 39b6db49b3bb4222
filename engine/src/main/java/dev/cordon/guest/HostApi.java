package dev.cordon.guest;

import dev.cordon.capability.GrantKind;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.extism.ExtismFunction;
import dev.cordon.scan.rule.HostSurface;
import dev.cordon.wasm.ExternKind;
import dev.cordon.wasm.ImportedItem;
import dev.cordon.wasm.ModuleOutline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that guests can import; nothing else is ever linked.
 *
 * <p>A name can stand for several functions that differ in their type, as in the socket ABIs; the
 * type that the module declares tells which of them it means.
 */
public final class HostApi {
    private static final int MAX_SHOWN = 100;
    private static final String REBUILD = "build it against the host functions of guest ABI 1";
    private static final Map<String, List<HostOffer>> OFFERS = new LinkedHashMap<>();

    static {
        CordonImports.offers().forEach(HostApi::offer);
        ExtismImports.offers().forEach(HostApi::offer);
        WasiImports.offers().forEach(HostApi::offer);
    }

    private HostApi() {}

    private static final class Surface implements HostSurface {
        private final ApplicationFunctions own;
        private final Set<String> labels;

        Surface(ApplicationFunctions own) {
            this.own = own;
            this.labels =
                    Stream.concat(OFFERS.values().stream(), own.all().stream())
                            .map(offers -> offers.get(0).label())
                            .collect(Collectors.toSet());
        }

        @Override
        public boolean offers(ImportedItem item) {
            List<HostOffer> offers = find(key(item.module(), item.name()), own);
            return item.kind() == ExternKind.FUNCTION
                    && offers != null
                    && offers.stream().anyMatch(offer -> offer.typeText().equals(item.type()));
        }

        @Override
        public List<GrantKind> needs(ImportedItem item) {
            return needed(item, own);
        }

        @Override
        public boolean isHostFunction(String label) {
            return labels.contains(label);
        }
    }

    private static void offer(HostOffer offer) {
        OFFERS.computeIfAbsent(key(offer.module(), offer.name()), name -> new ArrayList<>())
                .add(offer);
    }

    private static @Nullable List<HostOffer> find(String key, ApplicationFunctions own) {
        List<HostOffer> offers = OFFERS.get(key);
        return offers == null ? own.find(key) : offers;
    }

    private static List<GrantKind> needed(ImportedItem item, ApplicationFunctions own) {
        return own.has(item.module())
                ? List.of(GrantKind.HOST_CALL)
                : ImportedCapabilities.of(item.module(), item.name());
    }

    static String key(String module, String name) {
        return module + "\n" + name;
    }

    /**
     * Finds what a module imports among what the host offers, by both names and the type.
     *
     * @param outline the module
     * @param plugin its name for messages
     * @param own what the engine offers beside
     * @param terms what the host offers this plugin beside
     * @return one offer for each import, in their order
     * @throws InvalidModuleException if an import is not offered, naming the nearest that is
     */
    public static HostImports resolve(
            ModuleOutline outline, String plugin, ApplicationFunctions own, ExtismTerms terms) {
        return resolve(outline, plugin, own, terms, Linkage.none());
    }

    /**
     * Finds what a module imports and other modules of its plugin do not give it.
     *
     * @param outline the module
     * @param plugin its name for messages
     * @param own what the engine offers beside
     * @param terms what the host offers this plugin beside
     * @param links other modules of the plugin, whose functions come before the application's
     * @return one offer for each import that no other module gives, in their order
     * @throws InvalidModuleException if an import is not offered, naming the nearest that is
     */
    public static HostImports resolve(
            ModuleOutline outline,
            String plugin,
            ApplicationFunctions own,
            ExtismTerms terms,
            Linkage links) {
        Map<String, List<HostOffer>> extism = ExtismFunctions.offers(terms.functions());
        List<HostOffer> found = new ArrayList<>();
        for (ImportedItem wanted : outline.imports()) {
            if (links.offers(wanted)) {
                continue;
            }
            String key = key(wanted.module(), wanted.name());
            List<HostOffer> known = find(key, own);
            List<HostOffer> offers = known == null ? extism.get(key) : known;
            if (offers == null && links.has(wanted.module())) {
                throw refused(
                        plugin,
                        "imports `" + wanted.label() + "`, which the linked module does not export",
                        "build both modules against the same declarations");
            }
            found.add(offered(wanted, offers, plugin, own));
        }
        return new HostImports(found, terms);
    }

    private static HostOffer offered(
            ImportedItem wanted,
            @Nullable List<HostOffer> offers,
            String plugin,
            ApplicationFunctions own) {
        if (offers == null) {
            throw unknown(wanted, plugin, own);
        }
        if (wanted.kind() != ExternKind.FUNCTION) {
            throw refused(
                    plugin,
                    "imports `"
                            + wanted.label()
                            + "` as a "
                            + wanted.kind().displayName()
                            + ", but it is a function",
                    REBUILD);
        }
        return offers.stream()
                .filter(offer -> offer.typeText().equals(wanted.type()))
                .findFirst()
                .orElseThrow(() -> wrongType(wanted, offers, plugin));
    }

    private static InvalidModuleException wrongType(
            ImportedItem wanted, List<HostOffer> offers, String plugin) {
        String types =
                offers.stream().map(HostOffer::typeText).collect(Collectors.joining("` or `"));
        return refused(
                plugin,
                "imports `"
                        + wanted.label()
                        + "` as `"
                        + wanted.type()
                        + "`, but it is `"
                        + types
                        + "`",
                REBUILD);
    }

    /**
     * What is offered, for those who only want to know.
     *
     * @param own what the engine offers beside
     * @return both
     */
    public static HostSurface surface(ApplicationFunctions own) {
        return new Surface(own);
    }

    /**
     * Imports that the host does not offer at all.
     *
     * @param outline the module
     * @param own what the engine offers beside
     * @return {@code module.name} of each, printable
     */
    public static List<String> unknownImports(ModuleOutline outline, ApplicationFunctions own) {
        return outline.imports().stream()
                .filter(wanted -> find(key(wanted.module(), wanted.name()), own) == null)
                .map(ImportedItem::label)
                .toList();
    }

    /**
     * Capabilities that a module's imports are good for.
     *
     * @param outline the module
     * @param own what the engine offers beside
     * @return names of kinds, without scopes
     */
    public static Set<String> capabilities(ModuleOutline outline, ApplicationFunctions own) {
        Set<String> kinds = new TreeSet<>();
        for (ImportedItem wanted : outline.imports()) {
            needed(wanted, own).forEach(kind -> kinds.add(kind.text()));
        }
        return kinds;
    }

    private static InvalidModuleException unknown(
            ImportedItem wanted, String plugin, ApplicationFunctions own) {
        String what = "imports `" + wanted.label() + "`, which the host does not offer";
        if (wanted.module().equals(ExtismFunction.USER)) {
            return refused(
                    plugin,
                    what,
                    "load it with this function of the application: `withExtismFunctions`");
        }
        return refused(plugin, what, nearest(wanted, own));
    }

    private static String nearest(ImportedItem wanted, ApplicationFunctions own) {
        HostOffer nearest = null;
        int least = Integer.MAX_VALUE;
        List<List<HostOffer>> all = new ArrayList<>(OFFERS.values());
        all.addAll(own.all());
        for (List<HostOffer> offers : all) {
            HostOffer offer = offers.get(0);
            int distance =
                    Likeness.distance(wanted.name(), offer.name())
                            + Likeness.distance(wanted.module(), offer.module());
            if (distance < least) {
                least = distance;
                nearest = offer;
            }
        }
        boolean like = nearest != null && least <= 3 + wanted.name().length() / 2;
        return like && nearest != null
                ? "the nearest that the host offers is `" + nearest.label() + "`"
                : "the host offers the modules `cordon`, `extism:host/env` and"
                        + " `wasi_snapshot_preview1`";
    }

    private static InvalidModuleException refused(String plugin, String what, String help) {
        return new InvalidModuleException(
                ErrorCode.UNKNOWN_IMPORT, plugin, GuestText.printable(what, 4 * MAX_SHOWN), help);
    }
}
