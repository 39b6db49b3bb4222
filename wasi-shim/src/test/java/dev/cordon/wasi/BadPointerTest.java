package dev.cordon.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.abi.Errno;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pointer out of memory is answered with {@code EFAULT}, and nothing has happened. */
class BadPointerTest {
    private static final int GOOD = 4096;
    private static final List<Long> BAD =
            List.of(65_535L, 65_537L, 0x7fff_ffffL, 0x8000_0000L, 0xffff_fff8L, 0xffff_ffffL, -1L);

    private final TestGuest guest =
            TestGuest.with(
                    WasiConfig.empty()
                            .withArguments(List.of("a"))
                            .withEnvironment(Map.of("b", "c"))
                            .withStdin(GuestInput.of("input".getBytes())));

    static Stream<Arguments> pointers() {
        return Witx.functions().stream()
                .flatMap(
                        function ->
                                function.parameters().stream()
                                        .filter(Witx.Parameter::isPointer)
                                        .map(pointer -> Arguments.of(function, pointer)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("pointers")
    void badPointerIsFaultWithoutEffect(Witx function, Witx.Parameter pointer) {
        guest.zero(GOOD, GOOD + 64);
        byte[] before = guest.everything();
        for (long bad : BAD) {
            long[] arguments = arguments(function, pointer, bad);
            assertThat(guest.call(function.name(), arguments)).as("%x", bad).isEqualTo(Errno.FAULT);
        }
        assertThat(guest.everything()).isEqualTo(before);
        assertThat(guest.stdout()).isEmpty();
        assertThat(guest.charges()).hasSize(BAD.size()).containsOnly(function.name() + " 0");
        guest.putVectors(GOOD, 0, 5);
        assertThat(guest.call("fd_read", 0, GOOD, 1, GOOD + 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(0, 6)).as("stdin is untouched").isEqualTo("input?");
    }

    private static long[] arguments(Witx function, Witx.Parameter pointer, long bad) {
        return function.parameters().stream()
                .mapToLong(parameter -> parameter.equals(pointer) ? bad : good(parameter))
                .toArray();
    }

    private static long good(Witx.Parameter parameter) {
        return switch (parameter.kind()) {
            case "ptr" -> GOOD;
            case "len" -> 4;
            case "count" -> 1;
            default -> 0;
        };
    }
}
