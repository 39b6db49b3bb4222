package dev.cordon.guest;

import com.dylibso.chicory.runtime.HostFunction;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.WasiPreview1;
import java.util.ArrayList;
import java.util.List;

/**
 * WASI preview 1 and the socket functions of other hosts as they are offered to plugins; what a
 * call may reach through them is its session's.
 */
final class WasiImports {
    private WasiImports() {}

    static List<HostOffer> offers() {
        List<HostFunction> functions = WasiPreview1.start(WasiConfig.empty()).allHostFunctions();
        List<HostOffer> offers = new ArrayList<>(functions.size());
        for (int i = 0; i < functions.size(); i++) {
            HostFunction function = functions.get(i);
            int index = i;
            offers.add(
                    new HostOffer(
                            function.module(),
                            function.name(),
                            function.functionType(),
                            (plugin, guest, args) -> plugin.wasi().call(index, guest, args)));
        }
        return offers;
    }
}
