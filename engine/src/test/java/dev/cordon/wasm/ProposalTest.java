package dev.cordon.wasm;

import static dev.cordon.wasm.ModuleBytes.CODE;
import static dev.cordon.wasm.ModuleBytes.FUNCTION;
import static dev.cordon.wasm.ModuleBytes.MEMORY;
import static dev.cordon.wasm.ModuleBytes.TABLE;
import static dev.cordon.wasm.ModuleBytes.TYPE;
import static dev.cordon.wasm.ModuleBytes.function;
import static dev.cordon.wasm.ModuleBytes.module;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.InvalidModuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposalTest {
    private static void refuses(byte[] module, Proposal proposal) {
        assertThatThrownBy(() -> ModuleReader.read("p", module))
                .isInstanceOfSatisfying(
                        InvalidModuleException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_PROPOSAL);
                            assertThat(e.what())
                                    .contains("uses the " + proposal.displayName() + " proposal");
                            assertThat(e.help()).isEqualTo(proposal.advice());
                        });
    }

    @Test
    void refusalNamesProposalFunctionPlaceAndToolchainOption() {
        byte[] module =
                module().section(TYPE, 1, 0x60, 0, 0)
                        .section(FUNCTION, 1, 0)
                        .section(CODE, 1, 5, 0, 0x01, 0xfd, 0x0c, 0x0b)
                        .custom("name", 1, 8, 1, 0, 5, 'd', 'o', 't', 0x1b, '8')
                        .build();

        assertThatThrownBy(() -> ModuleReader.read("image-filter", module))
                .hasMessage(
                        """
                        CRD-302 [image-filter] function 0 `dot\\u{1b}8`: the module uses the SIMD \
                        proposal, which is not supported, at byte 0x18
                          help: build without `-msimd128`, or for Rust with \
                        `-C target-feature=-simd128`""");
    }

    @ParameterizedTest
    @CsvSource({
        "06, LEGACY_EXCEPTIONS",
        "07, LEGACY_EXCEPTIONS",
        "09, LEGACY_EXCEPTIONS",
        "18, LEGACY_EXCEPTIONS",
        "19, LEGACY_EXCEPTIONS",
        "14, FUNCTION_REFERENCES",
        "15, FUNCTION_REFERENCES",
        "d3, GC",
        "d4, FUNCTION_REFERENCES",
        "d5, FUNCTION_REFERENCES",
        "d6, FUNCTION_REFERENCES",
        "e0, STACK_SWITCHING",
        "fb, GC",
        "fe, THREADS"
    })
    void instructionOfAnotherProposalIsRefused(String opcode, Proposal proposal) {
        refuses(function(Integer.parseInt(opcode, 16), 0), proposal);
    }

    @Test
    void prefixedInstructionsAreTold() {
        refuses(function(0xfd, 0x00), Proposal.SIMD);
        refuses(function(0xfd, 0x80, 0x02), Proposal.RELAXED_SIMD);
        refuses(function(0xfc, 0x13), Proposal.WIDE_ARITHMETIC);
    }

    @Test
    void typesOfOtherProposalsAreRefused() {
        refuses(module().section(TYPE, 1, 0x60, 1, 0x7b, 0).build(), Proposal.SIMD);
        refuses(module().section(TYPE, 1, 0x60, 1, 0x6e, 0).build(), Proposal.GC);
        refuses(
                module().section(TYPE, 1, 0x60, 1, 0x64, 0x70, 0).build(),
                Proposal.FUNCTION_REFERENCES);
        refuses(module().section(TYPE, 1, 0x60, 1, 0x68, 0).build(), Proposal.STACK_SWITCHING);
        refuses(module().section(TYPE, 1, 0x5f, 0, 0).build(), Proposal.GC);
        refuses(module().section(TYPE, 1, 0x4e, 0, 0).build(), Proposal.GC);
        refuses(module().section(TYPE, 1, 0x5d, 0, 0).build(), Proposal.STACK_SWITCHING);
        refuses(
                module().section(TABLE, 1, 0x40, 0, 0x70, 0, 0).build(),
                Proposal.FUNCTION_REFERENCES);
        refuses(function(0xd0, 0x00), Proposal.FUNCTION_REFERENCES);
        refuses(function(0xd0, 0x71), Proposal.GC);
    }

    @Test
    void memoriesOfOtherProposalsAreRefused() {
        refuses(module().section(MEMORY, 1, 3, 1, 1).build(), Proposal.THREADS);
        refuses(module().section(MEMORY, 1, 2, 1).build(), Proposal.THREADS);
        refuses(module().section(MEMORY, 1, 4, 1).build(), Proposal.MEMORY64);
        refuses(module().section(MEMORY, 1, 8, 1, 0).build(), Proposal.CUSTOM_PAGE_SIZES);
        refuses(module().section(MEMORY, 2, 0, 1, 0, 1).build(), Proposal.MULTI_MEMORY);
        refuses(module().section(TABLE, 1, 0x70, 4, 1).build(), Proposal.MEMORY64);
        ModuleBytes one = module().section(TYPE, 1, 0x60, 0, 0).section(FUNCTION, 1, 0);
        byte[] second =
                one.section(MEMORY, 1, 0, 1)
                        .code(it -> it.bytes(0x41, 0, 0x28, 0x42, 1, 0))
                        .build();
        refuses(second, Proposal.MULTI_MEMORY);
    }

    @Test
    void acceptedProposalsAreListed() {
        byte[] module =
                function(
                        0x41, 0, 0xc0, 0x1a, // i32.extend8_s
                        0x43, 0, 0, 0, 0, 0xfc, 0, 0x1a, // i32.trunc_sat_f32_s
                        0xd0, 0x6f, 0x1a, // ref.null extern
                        0x12, 0); // return_call

        assertThat(ModuleReader.read("p", module).proposals())
                .containsExactlyInAnyOrder(
                        Proposal.SIGN_EXTENSION,
                        Proposal.SATURATING_CONVERSIONS,
                        Proposal.REFERENCE_TYPES,
                        Proposal.TAIL_CALLS);
    }

    @Test
    void onlyRefusedProposalsHaveAdvice() {
        assertThat(Proposal.EXCEPTIONS.accepted()).isTrue();
        assertThat(Proposal.EXCEPTIONS.advice()).isEmpty();
        assertThat(Proposal.GC.accepted()).isFalse();
        assertThat(Proposal.EXTENDED_CONST.displayName()).isEqualTo("extended constants");
    }
}
