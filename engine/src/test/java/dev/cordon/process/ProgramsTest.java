package dev.cordon.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.process.ProgramResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Programs as they are run: what they find, what they leave, and how they are ended. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class ProgramsTest {
    private static final ProgramLimits SMALL = new ProgramLimits(10, Duration.ofMinutes(5));

    private final Programs programs = Programs.open("p", List.of(), 4);
    private final List<Exception> failures = new ArrayList<>();

    @TempDir private Path folder;

    private ProgramWatch watch(BooleanSupplier stopped, long nanosLeft) {
        return new ProgramWatch() {
            @Override
            public boolean stopped() {
                return stopped.getAsBoolean();
            }

            @Override
            public long nanosLeft() {
                return nanosLeft;
            }

            @Override
            public void failed(Exception failure) {
                failures.add(failure);
            }
        };
    }

    private ProgramWatch patient() {
        return watch(() -> false, Long.MAX_VALUE);
    }

    private ProgramResult run(String program, String... arguments) {
        ProgramCommand command = new ProgramCommand(program, List.of(arguments), new byte[0]);
        return programs.run(command, ProgramLimits.DEFAULTS, patient());
    }

    private ProgramResult shell(ProgramLimits limits, ProgramWatch watch, String script) {
        return programs.run(
                new ProgramCommand("/bin/sh", List.of("-c", script), new byte[0]), limits, watch);
    }

    private static String out(ProgramResult result) {
        assertThat(result.ending()).isEqualTo(Ending.EXITED);
        return new String(result.stdout(), UTF_8);
    }

    @Test
    void statusAndStreamsComeBack() {
        ProgramResult result =
                shell(ProgramLimits.DEFAULTS, patient(), "echo out; echo err >&2; exit 3");
        assertThat(out(result)).isEqualTo("out\n");
        assertThat(new String(result.stderr(), UTF_8)).isEqualTo("err\n");
        assertThat(result.status()).isEqualTo(3);
        assertThat(shell(SMALL, patient(), "kill -9 $$").status()).isEqualTo(137);
    }

    @Test
    void argumentsAreNeverReadByAShell() {
        assertThat(out(run("/bin/echo", "$(id)", "; ls", "*", "'a b'", "", "`x`")))
                .isEqualTo("$(id) ; ls * 'a b'  `x`\n");
    }

    @Test
    void inputIsReadToItsEnd() {
        byte[] input = new byte[1 << 20];
        Arrays.fill(input, (byte) 'x');
        ProgramCommand cat = new ProgramCommand("/bin/cat", List.of(), input);
        assertThat(programs.run(cat, ProgramLimits.DEFAULTS, patient()).stdout()).isEqualTo(input);
        assertThat(out(run("/bin/cat"))).isEmpty();
    }

    @Test
    void nothingIsInherited() {
        assertThat(out(run("/usr/bin/env")).lines().map(line -> line.replaceAll("ID=.*", "ID")))
                .containsExactlyInAnyOrder("PATH=/usr/bin:/bin", "LANG=C.UTF-8", "CORDON_EXEC_ID");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noDescriptorIsInherited() throws IOException {
        try (var open = Files.newInputStream(Files.writeString(folder.resolve("open"), "x"))) {
            assertThat(open.read()).isEqualTo('x');
            // The last one is the directory that `ls` itself reads.
            assertThat(out(run("/bin/ls", "/proc/self/fd"))).isEqualTo("0\n1\n2\n3\n");
        }
    }

    @Test
    void theDirectoryIsEmptyPrivateAndGoneAfterwards() {
        String[] seen =
                out(shell(
                                ProgramLimits.DEFAULTS,
                                patient(),
                                "pwd; ls -A | wc -l; ls -ld .. | cut -c1-10; mkdir -p a/b;"
                                        + " ln -s / a/root; echo x > a/b/file; chmod 500 a/b; chmod 0 a"))
                        .split("\n");
        assertThat(seen[1].trim()).isEqualTo("0");
        assertThat(seen[2]).isEqualTo("drwx------");
        assertThat(Path.of(seen[0])).doesNotExist();
        assertThat(Path.of(seen[0]).getParent()).doesNotExist();
        assertThat(Path.of("/bin")).exists();
    }

    @Test
    void tooMuchOutputEndsIt() {
        assertThat(out(shell(SMALL, patient(), "printf 0123456789"))).hasSize(10);
        assertThat(shell(SMALL, patient(), "printf 0123456789a").ending())
                .isEqualTo(Ending.TOO_LARGE);
        assertThat(shell(SMALL, patient(), "printf 0123456789a >&2; exec sleep 1000").ending())
                .isEqualTo(Ending.TOO_LARGE);
        assertThat(shell(SMALL, patient(), "while :; do echo flood; done").ending())
                .isEqualTo(Ending.TOO_LARGE);
    }

    @Test
    void timeEndsIt() {
        ProgramLimits brief = new ProgramLimits(10, Duration.ofMillis(30));
        assertThat(shell(brief, patient(), "exec sleep 1000").ending()).isEqualTo(Ending.LATE);
        assertThat(shell(SMALL, watch(() -> false, 0), "exec sleep 1000").ending())
                .isEqualTo(Ending.LATE);
    }

    @Test
    void whatItStartedEndsWithIt() throws Exception {
        Path pid = folder.resolve("pid");
        String script = "sleep 1000 & echo $! > " + pid + ".new; mv " + pid + ".new " + pid;
        ProgramWatch untilStarted = watch(() -> Files.exists(pid), Long.MAX_VALUE);
        assertThat(shell(SMALL, untilStarted, script + "; wait").ending())
                .isEqualTo(Ending.STOPPED);
        assertGone(pid);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatItLeftBehindIsFoundByItsMark() throws Exception {
        Path pid = folder.resolve("pid");
        String script = "setsid sleep 1000 < /dev/null > /dev/null 2>&1 & echo $! > " + pid;
        assertThat(out(shell(SMALL, patient(), script))).isEmpty();
        assertGone(pid);
    }

    /** A killed process may stay for a moment, until its parent or the system has noticed. */
    private static void assertGone(Path pid) throws Exception {
        long number = Long.parseLong(Files.readString(pid).trim());
        while (ProcessHandle.of(number).filter(ProcessHandle::isAlive).isPresent()
                && !isZombie(number)) {
            Thread.sleep(10);
        }
    }

    private static boolean isZombie(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        return Files.exists(stat) && Files.readString(stat).contains(") Z ");
    }

    @Test
    void aLeftWriterKeepsNobodyWaiting() {
        String script = "sleep 1000 & echo done";
        assertThat(out(shell(SMALL, patient(), script))).isEqualTo("done\n");
    }

    @Test
    void anInterruptEndsItAndIsNotLost() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Object> seen = new AtomicReference<>();
        ProgramWatch watch =
                watch(
                        () -> {
                            asked.countDown();
                            return false;
                        },
                        Long.MAX_VALUE);
        Thread thread =
                new Thread(
                        () -> {
                            Ending ending = shell(SMALL, watch, "exec sleep 1000").ending();
                            seen.set(ending + " " + Thread.currentThread().isInterrupted());
                        });
        thread.start();
        asked.await();
        thread.interrupt();
        thread.join();
        assertThat(seen).hasValue("STOPPED true");
    }

    @Test
    void onlySoManyRunAtOnce() {
        Programs none = Programs.open("p", List.of(), 0);
        ProgramCommand echo = new ProgramCommand("/bin/echo", List.of(), new byte[0]);
        assertThat(none.run(echo, SMALL, patient()).ending()).isEqualTo(Ending.BUSY);
        Programs one = Programs.open("p", List.of(), 1);
        ProgramWatch nested =
                watch(
                        () -> one.run(echo, SMALL, patient()).ending() == Ending.BUSY,
                        Long.MAX_VALUE);
        ProgramCommand sleep = new ProgramCommand("/bin/sleep", List.of("1000"), new byte[0]);
        assertThat(one.run(sleep, SMALL, nested).ending()).isEqualTo(Ending.STOPPED);
        assertThat(one.run(echo, SMALL, patient()).ending()).isEqualTo(Ending.EXITED);
    }

    @Test
    void whatRunsOfTheVersionBeforeCounts() {
        ProgramCommand echo = new ProgramCommand("/bin/echo", List.of(), new byte[0]);
        Programs before = Programs.open("p", List.of(), 1);
        Programs same = Programs.open("p", List.of(), 1);
        Programs more = Programs.open("p", List.of(), 2);
        same.succeed(before);
        more.succeed(before);
        List<Ending> endings = new ArrayList<>();
        ProgramWatch nested =
                watch(
                        () -> {
                            endings.add(same.run(echo, SMALL, patient()).ending());
                            endings.add(more.run(echo, SMALL, patient()).ending());
                            return true;
                        },
                        Long.MAX_VALUE);
        ProgramCommand sleep = new ProgramCommand("/bin/sleep", List.of("1000"), new byte[0]);
        assertThat(before.run(sleep, SMALL, nested).ending()).isEqualTo(Ending.STOPPED);
        assertThat(endings.subList(0, 2)).containsExactly(Ending.BUSY, Ending.EXITED);
        assertThat(same.run(echo, SMALL, patient()).ending()).isEqualTo(Ending.EXITED);
    }

    @Test
    void whatCannotBeStartedIsToldToTheHost() {
        assertThat(run("/no/such/program").ending()).isEqualTo(Ending.NOT_STARTED);
        assertThat(failures).hasSize(1);
    }

    @Test
    void argumentsHaveBounds() {
        List<String> many = new ArrayList<>(java.util.Collections.nCopies(256, "x"));
        assertThat(new ProgramCommand("/p", many, new byte[0]).tooLarge()).isFalse();
        many.add("x");
        assertThat(new ProgramCommand("/p", many, new byte[0]).tooLarge()).isTrue();
        String large = "x".repeat(64 << 10);
        assertThat(new ProgramCommand("/p", List.of(large), new byte[0]).tooLarge()).isFalse();
        assertThat(new ProgramCommand("/p", List.of(large, "x"), new byte[0]).tooLarge()).isTrue();
        assertThat(new ProgramCommand("/p", List.of("a\0b"), new byte[0]).passable()).isFalse();
        assertThat(new ProgramCommand("/p", List.of("\ud800"), new byte[0]).passable()).isFalse();
        assertThat(new ProgramCommand("/p", List.of("a", ""), new byte[0]).passable()).isTrue();
    }
}
