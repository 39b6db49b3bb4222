package dev.cordon.guest;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.host.HostModule;
import dev.cordon.host.HostOperation;
import dev.cordon.host.HostParameter;
import dev.cordon.host.HostType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one engine offers its guests beside what every engine does. Immutable. */
public final class ApplicationFunctions {
    private final Map<String, List<HostOffer>> offers;
    private final Set<String> modules;

    private ApplicationFunctions(Map<String, List<HostOffer>> offers, Set<String> modules) {
        this.offers = offers;
        this.modules = modules;
    }

    /**
     * Nothing of the application's own.
     *
     * @return no functions
     */
    public static ApplicationFunctions none() {
        return of(List.of());
    }

    /**
     * Turns modules into what guests can import.
     *
     * @param modules each with another name
     * @return their functions
     * @throws UsageException if two have the same name, or a class cannot be mapped to JSON
     */
    public static ApplicationFunctions of(List<HostModule> modules) {
        Map<String, List<HostOffer>> offers = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (HostModule module : modules) {
            if (!names.add(module.name())) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        "host",
                        "there are two modules of host functions named `" + module.name() + "`",
                        "put their functions into one, or name one otherwise");
            }
            for (HostOperation each : module.functions()) {
                offers.put(HostApi.key(each.module(), each.name()), List.of(offer(each)));
            }
        }
        return new ApplicationFunctions(offers, names);
    }

    private static HostOffer offer(HostOperation operation) {
        HostArguments arguments = new HostArguments(operation.parameters());
        HostResult result = new HostResult(operation);
        return new HostOffer(
                operation.module(),
                operation.name(),
                type(operation),
                (plugin, guest, raw) ->
                        new ApplicationCall(operation, plugin.guest(), plugin.call())
                                .run(arguments, result, raw));
    }

    private static FunctionType type(HostOperation operation) {
        List<ValType> parameters = new ArrayList<>();
        for (HostParameter each : operation.parameters()) {
            HostType.Form form = each.type().form();
            if (form.isRange()) {
                parameters.add(ValType.I32);
            }
            if (form != HostType.Form.CONTEXT) {
                parameters.add(type(form));
            }
        }
        return FunctionType.of(parameters, List.of(type(operation.result().form())));
    }

    private static ValType type(HostType.Form form) {
        switch (form) {
            case I64:
                return ValType.I64;
            case F32:
                return ValType.F32;
            case F64:
                return ValType.F64;
            default:
                return ValType.I32;
        }
    }

    /** What stands under a key of {@link HostApi}, or null. */
    @Nullable List<HostOffer> find(String key) {
        return offers.get(key);
    }

    Collection<List<HostOffer>> all() {
        return offers.values();
    }

    /** Whether imports of a module are the application's. */
    boolean has(String module) {
        return modules.contains(module);
    }
}
