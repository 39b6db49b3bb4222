package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void argumentsAreCopiedWithPointersAndNothingElseChanges() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withArguments(List.of("a", "bc")));
        guest.call("args_get", 22, 16);
        assertThat(guest.log())
                .isEqualTo(
                        """
                        --> args_get(argv=22, argv_buf=16)
                        <-- ESUCCESS
                        """);
        assertThat(guest.text(15, 31)).isEqualTo("?a\0bc\0?" + "\20\0\0\0" + "\22\0\0\0" + "?");
        assertThat(guest.charges()).containsExactly("args_get 13");
    }

    @Test
    void sizesCountTextsAndTheirZeroBytes() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withArguments(List.of("a", "bc")));
        assertThat(guest.call("args_sizes_get", 4, 12)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(3, 17)).isEqualTo("?\2\0\0\0????\5\0\0\0?");
        assertThat(guest.charges()).containsExactly("args_sizes_get 0");
    }

    @Test
    void environmentIsInOrderWithEqualsSigns() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Z", "1");
        environment.put("A", "");
        TestGuest guest = TestGuest.with(WasiConfig.empty().withEnvironment(environment));
        assertThat(guest.call("environ_sizes_get", 100, 104)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(99, 109)).isEqualTo("?\2\0\0\0\7\0\0\0?");
        assertThat(guest.call("environ_get", 0, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(0, 8)).isEqualTo("\20\0\0\0\24\0\0\0");
        assertThat(guest.text(15, 24)).isEqualTo("?Z=1\0A=\0?");
    }

    @Test
    void textIsUtf8() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withArguments(List.of("é€")));
        assertThat(guest.call("args_get", 0, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(8, 15)).isEqualTo("\u00c3\u00a9\u00e2\u0082\u00ac\0?");
    }

    @Test
    void withoutArgumentsNothingIsWritten() {
        TestGuest guest = TestGuest.plain();
        byte[] before = guest.everything();
        assertThat(guest.call("args_get", 65_536, 65_536)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.everything()).isEqualTo(before);
    }

    @Test
    void nothingIsWrittenWhenOnlyOneListFits() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withArguments(List.of("abc")));
        byte[] before = guest.everything();
        assertThat(guest.call("args_get", 0, 65_533)).isEqualTo(Errno.FAULT);
        assertThat(guest.call("args_get", 65_533, 0)).isEqualTo(Errno.FAULT);
        assertThat(guest.call("args_sizes_get", 0, 65_533)).isEqualTo(Errno.FAULT);
        assertThat(guest.everything()).isEqualTo(before);
    }

    @Test
    void guestWithoutMemoryIsRefused() {
        TestGuest guest = TestGuest.withoutMemory();
        assertThat(guest.call("args_get", 0, 0)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("sched_yield")).isEqualTo(Errno.SUCCESS);
    }
}
