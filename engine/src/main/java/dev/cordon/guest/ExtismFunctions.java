package dev.cordon.guest;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.extism.ExtismFunction;
import dev.cordon.runtime.Trap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of the application as they are offered to Extism plugins. */
final class ExtismFunctions {
    private ExtismFunctions() {}

    /**
     * Turns functions into offers.
     *
     * @return them by the key of {@link HostApi}
     * @throws UsageException if two have the same names
     */
    static Map<String, List<HostOffer>> offers(List<ExtismFunction> functions) {
        Map<String, List<HostOffer>> offers = new HashMap<>();
        for (ExtismFunction function : functions) {
            HostOffer offer = offer(function);
            String key = HostApi.key(function.module(), function.name());
            if (offers.put(key, List.of(offer)) != null) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        "extism",
                        "there are two host functions `" + offer.label() + "`",
                        "give each a name of its own");
            }
        }
        return offers;
    }

    private static HostOffer offer(ExtismFunction function) {
        FunctionType type =
                FunctionType.of(types(function.parameters()), types(function.results()));
        return new HostOffer(
                function.module(),
                function.name(),
                type,
                (plugin, guest, args) -> call(function, plugin.extism(), args));
    }

    private static long[] call(ExtismFunction function, ExtismSession session, long[] args) {
        long[] results = results(function, session, args);
        if (results == null || results.length != function.results().size()) {
            throw failed(
                    function,
                    session,
                    new IllegalStateException(
                            "it has to give " + function.results().size() + " values"));
        }
        session.guest().checkpoint();
        return results;
    }

    private static long @Nullable [] results(
            ExtismFunction function, ExtismSession session, long[] args) {
        try {
            return function.body().call(session, args);
        } catch (CordonException | Trap ending) {
            throw ending;
        } catch (RuntimeException failure) {
            throw failed(function, session, failure);
        }
    }

    /**
     * The application's own failure: its listener hears of it, the guest learns no more than that.
     */
    private static Trap failed(
            ExtismFunction function, ExtismSession session, RuntimeException failure) {
        String label = function.module() + "." + function.name();
        session.call().settings().listener().hostFunctionFailed(session.plugin(), label, failure);
        return new Trap("host function `" + label + "` failed");
    }

    private static List<ValType> types(List<ExtismFunction.Type> types) {
        return types.stream().map(ExtismFunctions::type).toList();
    }

    private static ValType type(ExtismFunction.Type type) {
        switch (type) {
            case I32:
                return ValType.I32;
            case I64:
                return ValType.I64;
            case F32:
                return ValType.F32;
            default:
                return ValType.F64;
        }
    }
}
