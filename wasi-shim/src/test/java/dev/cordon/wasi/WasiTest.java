package dev.cordon.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.abi.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WasiTest {
    @Test
    void functionsStayTheSameOverRestarts() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withArguments(List.of("first")));
        var functions = guest.wasi().hostFunctions();
        guest.wasi().restart(WasiConfig.empty().withArguments(List.of("second run")));
        assertThat(guest.wasi().hostFunctions()).isSameAs(functions);
        assertThat(guest.call("args_get", 0, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(16, 28)).isEqualTo("second run\0?");
    }

    @Test
    void nothingOfOneRunReachesTheNext() {
        TestGuest guest = TestGuest.plain();
        guest.put(100, "secret").putVectors(0, 100, 6);
        guest.call("fd_write", 1, 0, 1, 16);
        StringBuilder second = new StringBuilder();
        guest.wasi()
                .restart(
                        WasiConfig.empty()
                                .withStdout((b, at, n) -> second.append(new String(b, at, n))));
        guest.put(100, "open").putVectors(0, 100, 4);
        guest.call("fd_write", 1, 0, 1, 16);
        assertThat(guest.stdout()).isEqualTo("secret");
        assertThat(second).hasToString("open");
    }

    @Test
    void closedSessionHasNoDescriptors() {
        TestGuest guest = TestGuest.plain();
        guest.wasi().close();
        guest.wasi().close();
        guest.zero(0, 16);
        assertThat(guest.call("fd_write", 1, 0, 1, 8)).isEqualTo(Errno.BADF);
    }

    @Test
    void whatTheMeterThrowsLeavesAsItIsAndBeforeAnyEffect() {
        IllegalStateException empty = new IllegalStateException("the tank is empty");
        List<String> written = new ArrayList<>();
        TestGuest guest =
                TestGuest.with(
                        WasiConfig.empty()
                                .withStdout((b, at, n) -> written.add("something"))
                                .withMeter(
                                        (instance, function, bytes) -> {
                                            throw empty;
                                        }));
        guest.putVectors(0, 100, 4);
        byte[] before = guest.everything();
        assertThatThrownBy(() -> guest.call("fd_write", 1, 0, 1, 16)).isSameAs(empty);
        assertThatThrownBy(() -> guest.call("fd_close", 1)).isSameAs(empty);
        assertThatThrownBy(() -> guest.call("fd_close", 9)).isSameAs(empty);
        assertThatThrownBy(() -> guest.call("random_get", 0, 9)).isSameAs(empty);
        assertThat(written).isEmpty();
        assertThat(guest.everything()).isEqualTo(before);
    }

    @Test
    void whatAnOutputThrowsLeavesAsItIs() {
        IllegalStateException full = new IllegalStateException("output quota");
        TestGuest guest =
                TestGuest.with(
                        WasiConfig.empty()
                                .withStdout(
                                        (b, at, n) -> {
                                            throw full;
                                        }));
        guest.putVectors(0, 100, 4);
        assertThatThrownBy(() -> guest.call("fd_write", 1, 0, 1, 16)).isSameAs(full);
    }

    @Test
    void aFaultOfTheHostIsAnErrorNumberAndIsReported() {
        List<String> faults = new ArrayList<>();
        GuestInput liar =
                new GuestInput() {
                    @Override
                    public long ready() {
                        return 10;
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) {
                        return Integer.MAX_VALUE;
                    }
                };
        TestGuest guest =
                TestGuest.with(
                        WasiConfig.empty()
                                .withStdin(liar)
                                .withListener(
                                        (function, failure) ->
                                                faults.add(function + " " + failure.getClass())));
        guest.putVectors(0, 100, 4);
        assertThat(guest.call("fd_read", 0, 0, 1, 16)).isEqualTo(Errno.IO);
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0)).startsWith("fd_read class java.lang.");
    }

    @Test
    void anErrorOfAnEmbeddersObjectIsReportedToo() {
        List<Throwable> faults = new ArrayList<>();
        AssertionError fault = new AssertionError("a bug");
        TestGuest guest =
                TestGuest.with(
                        WasiConfig.empty()
                                .withRandom(
                                        (b, at, n) -> {
                                            throw fault;
                                        })
                                .withListener((function, failure) -> faults.add(failure)));
        assertThat(guest.call("random_get", 0, 4)).isEqualTo(Errno.IO);
        assertThat(faults).containsExactly(fault);
    }
}
