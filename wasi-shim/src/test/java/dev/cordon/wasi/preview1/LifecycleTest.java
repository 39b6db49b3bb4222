package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.wasi.GuestExit;
import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.abi.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "3, 3", "256, 256", "-1, 4294967295", "2147483648, 2147483648"})
    void exitCarriesAll32BitsAndNoStackTrace(long given, String shown) {
        TestGuest guest = TestGuest.plain();
        GuestExit exit =
                catchThrowableOfType(GuestExit.class, () -> guest.call("proc_exit", given));
        assertThat(exit).hasMessage("guest exited with status " + shown);
        assertThat(exit.status()).isEqualTo((int) given);
        assertThat(exit.getStackTrace()).isEmpty();
        assertThat(guest.charges()).containsExactly("proc_exit 0");
    }

    @Test
    void signalsCannotBeRaised() {
        assertThat(TestGuest.plain().call("proc_raise", 9)).isEqualTo(Errno.NOSYS);
    }

    @Test
    void yieldingSucceeds() {
        assertThat(TestGuest.plain().call("sched_yield")).isEqualTo(Errno.SUCCESS);
    }
}
