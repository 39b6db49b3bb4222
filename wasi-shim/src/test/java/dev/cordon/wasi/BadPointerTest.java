package dev.cordon.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pointer out of memory is answered with {@code EFAULT}, and nothing has happened. */
class BadPointerTest {
    private static final int GOOD = 4096;
    private static final int ROOT = 3;
    private static final List<Long> BAD =
            List.of(65_535L, 65_537L, 0x7fff_ffffL, 0x8000_0000L, 0xffff_fff8L, 0xffff_ffffL, -1L);

    private final MemoryDirectory files = MemoryDirectory.create(1 << 18, 50);
    private final TestGuest guest;

    BadPointerTest() throws IOException {
        files.write("aaaa", new byte[10]);
        guest =
                TestGuest.with(
                        WasiConfig.empty()
                                .withPreopens(List.of(Preopen.of(files).writable().open()))
                                .withArguments(List.of("a"))
                                .withEnvironment(Map.of("b", "c"))
                                .withStdin(GuestInput.of("input".getBytes())));
    }

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
    void badPointerIsFaultWithoutEffect(Witx function, Witx.Parameter pointer) throws IOException {
        guest.zero(GOOD, GOOD + 64);
        guest.put(GOOD, "aaaa");
        byte[] before = guest.everything();
        List<String> names = files.list();
        for (long bad : BAD) {
            long[] arguments = arguments(function, pointer, bad);
            assertThat(guest.call(function.name(), arguments)).as("%x", bad).isEqualTo(Errno.FAULT);
        }
        assertThat(guest.everything()).isEqualTo(before);
        assertThat(guest.stdout()).isEmpty();
        assertThat(files.list()).isEqualTo(names);
        assertThat(guest.call("fd_fdstat_get", 4, GOOD))
                .as("nothing is opened")
                .isEqualTo(Errno.BADF);
        guest.charges().remove(BAD.size());
        assertThat(guest.charges()).hasSize(BAD.size()).containsOnly(function.name() + " 0");
        guest.putVectors(GOOD, 0, 5);
        assertThat(guest.call("fd_read", 0, GOOD, 1, GOOD + 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(0, 6)).as("stdin is untouched").isEqualTo("input?");
    }

    private static long[] arguments(Witx function, Witx.Parameter pointer, long bad) {
        return function.parameters().stream()
                .mapToLong(parameter -> parameter.equals(pointer) ? bad : good(function, parameter))
                .toArray();
    }

    private static long good(Witx function, Witx.Parameter parameter) {
        boolean files = function.name().startsWith("path_") || function.name().contains("dir");
        if (files && parameter.name().endsWith("fd") && !parameter.isPointer()) {
            return ROOT;
        }
        return switch (parameter.kind()) {
            case "ptr" -> GOOD;
            case "len" -> 4;
            case "count" -> 1;
            default -> 0;
        };
    }
}
