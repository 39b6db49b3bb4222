package dev.cordon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bridge.Party;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static final Party PLUGIN = Party.plugin("p");

    private final List<AuditRecord> told = new ArrayList<>();

    private Decisions telling(EngineListener listener) {
        return new Decisions(listener);
    }

    private EngineListener recording() {
        return new EngineListener() {
            @Override
            public void audited(AuditRecord entry) {
                told.add(entry);
            }
        };
    }

    private static void decide(Decisions decisions, String name, String reason) {
        decisions.decided(PLUGIN, "command_send", "command:send=" + name, name, reason);
    }

    @Test
    void aFloodOfEqualDecisionsIsNotAFloodOfRecords() {
        Decisions decisions = telling(recording());
        for (int i = 0; i < 10_000; i++) {
            decide(decisions, "a", "not granted");
        }
        decide(decisions, "b", "");
        decisions.flush();
        decisions.flush();
        assertThat(told).extracting(AuditRecord::subject).contains("a", "b");
        assertThat(told).hasSizeLessThan(1_000);
        assertThat(told.stream().mapToLong(AuditRecord::count).sum()).isEqualTo(10_001);
        assertThat(told.get(0).allowed()).isFalse();
        assertThat(told.get(0).count()).isEqualTo(1);
    }

    @Test
    void noDecisionIsLostWhenThereAreManyKinds() {
        Decisions decisions = telling(recording());
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_500; i++) {
                decide(decisions, "n" + i, "");
            }
        }
        decisions.flush();
        assertThat(told.stream().mapToLong(AuditRecord::count).sum()).isEqualTo(3_000);
    }

    @Test
    void aListenerMayCauseDecisionsItself() {
        List<Decisions> own = new ArrayList<>();
        own.add(
                telling(
                        new EngineListener() {
                            @Override
                            public void audited(AuditRecord entry) {
                                told.add(entry);
                                if (!entry.subject().startsWith("x")) {
                                    decide(own.get(0), "x" + told.size(), "");
                                }
                            }
                        }));
        for (int i = 0; i < 3; i++) {
            decide(own.get(0), "a", "");
        }
        own.get(0).flush();
        assertThat(told).extracting(AuditRecord::subject).contains("a", "x1");
    }
}
