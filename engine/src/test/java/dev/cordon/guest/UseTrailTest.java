package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.capability.GrantKind;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.wasi.audit.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UseTrailTest {
    private final List<AuditRecord> audit = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final UseTrail trail =
            new UseTrail(
                    "plugin",
                    new EngineListener() {
                        @Override
                        public void audited(AuditRecord entry) {
                            audit.add(entry);
                        }
                    },
                    now::get);

    private void denied(String subject) {
        trail.decided(new UseTrail.Decision("op", GrantKind.DATA_READ, subject, false, "no grant"));
    }

    @Test
    void theFirstIsToldAtOnceAndItsLikesTogether() {
        denied("a");
        assertThat(audit)
                .containsExactly(
                        new AuditRecord(
                                "plugin",
                                "op",
                                "data:read=a",
                                "a",
                                false,
                                "no grant",
                                1,
                                1_000_000,
                                1_000_000));
        for (int i = 1; i <= 1_000; i++) {
            now.incrementAndGet();
            denied("a");
        }
        assertThat(audit).hasSize(1);
        trail.flush();
        trail.flush();
        assertThat(audit).hasSize(2);
        assertThat(audit.get(1).count()).isEqualTo(1_000);
        assertThat(audit.get(1).firstMillis()).isEqualTo(1_000_001);
        assertThat(audit.get(1).lastMillis()).isEqualTo(1_001_000);
    }

    @Test
    void aWindowEndsWithTheFirstDecisionBehindIt() {
        denied("a");
        denied("a");
        now.addAndGet(UseTrail.WINDOW_MILLIS);
        denied("a");
        assertThat(audit).extracting(AuditRecord::count).containsExactly(1L, 1L, 1L);
    }

    @Test
    void aFloodOfNamesIsFewRecords() {
        for (int i = 0; i < 10_000; i++) {
            denied("name" + i);
        }
        assertThat(audit).hasSize(Tally.MAX_KINDS + 1);
        assertThat(audit.get(Tally.MAX_KINDS).subject()).isEqualTo(UseTrail.OTHERS);
        trail.flush();
        assertThat(audit.stream().mapToLong(AuditRecord::count).sum()).isEqualTo(10_000);
    }

    @Test
    void namesAreMadePrintable() {
        denied("a\n\u202e");
        assertThat(audit.get(0).subject()).isEqualTo("a\\u{a}\\u{202e}");
    }

    @Test
    void aListenerMayCauseDecisionsItself() {
        List<String> told = new ArrayList<>();
        List<UseTrail> own = new ArrayList<>();
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void audited(AuditRecord entry) {
                        told.add(entry.subject());
                        if (told.size() < 3) {
                            own.get(0)
                                    .decided(
                                            new UseTrail.Decision(
                                                    "op",
                                                    GrantKind.DATA_READ,
                                                    entry.subject() + "x",
                                                    true,
                                                    ""));
                        }
                    }
                };
        own.add(new UseTrail("plugin", listener, now::get));
        own.get(0).decided(new UseTrail.Decision("op", GrantKind.DATA_READ, "a", true, ""));
        assertThat(told).containsExactly("a", "ax", "axx");
    }
}
