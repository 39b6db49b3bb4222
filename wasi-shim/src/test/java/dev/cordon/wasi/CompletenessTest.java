package dev.cordon.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletenessTest {
    private final List<HostFunction> functions =
            WasiPreview1.start(WasiConfig.empty()).hostFunctions();

    @Test
    void everyFunctionOfTheSpecificationIsThereOnce() {
        assertThat(functions)
                .hasSize(46)
                .extracting(HostFunction::name)
                .containsExactlyInAnyOrderElementsOf(
                        Witx.functions().stream().map(Witx::name).toList());
    }

    @Test
    void everyFunctionHasTheTypeOfTheSpecification() {
        for (Witx witx : Witx.functions()) {
            HostFunction function =
                    functions.stream()
                            .filter(each -> each.name().equals(witx.name()))
                            .findFirst()
                            .orElseThrow();
            List<ValType> parameters =
                    witx.parameters().stream()
                            .map(p -> p.kind().equals("i64") ? ValType.I64 : ValType.I32)
                            .toList();
            assertThat(function.paramTypes()).as(witx.name()).isEqualTo(parameters);
            assertThat(function.returnTypes())
                    .as(witx.name())
                    .isEqualTo(witx.returns() ? List.of(ValType.I32) : List.of());
        }
    }

    @Test
    void everyFunctionIsInTheModuleOfPreview1() {
        assertThat(functions)
                .extracting(HostFunction::module)
                .containsOnly("wasi_snapshot_preview1")
                .containsOnly(WasiPreview1.MODULE);
    }
}
