package dev.cordon.wasi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.audit.AccessDecision.Use;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
    private final List<AccessDecision> records = new ArrayList<>();
    private long now = 1_000;
    private final AuditTrail trail = AuditTrail.of(records::add, 100, () -> now);

    private void decide(String subject) {
        trail.decided("path_open", Use.FILE_READ, subject, true, "");
    }

    @Test
    void theFirstIsToldAtOnceAndRepetitionsAsOneRecord() {
        decide("/a");
        assertThat(records).hasSize(1);
        now = 1_010;
        decide("/a");
        now = 1_020;
        decide("/a");
        assertThat(records).hasSize(1);
        now = 1_100;
        decide("/b");
        assertThat(records)
                .containsExactly(
                        record("/a", 1, 1_000, 1_000),
                        record("/a", 2, 1_010, 1_020),
                        record("/b", 1, 1_100, 1_100));
    }

    private static AccessDecision record(String subject, long count, long first, long last) {
        return new AccessDecision(
                "path_open", Use.FILE_READ, subject, true, "", count, first, last);
    }

    @Test
    void flushingTellsWhatWasCountedAndDoesNotBeginAnew() {
        decide("/a");
        trail.flush();
        decide("/a");
        decide("/a");
        trail.flush();
        trail.flush();
        decide("/a");
        assertThat(records).hasSize(2);
        assertThat(records.get(1).count()).isEqualTo(2);
    }

    @Test
    void deniedAndAllowedAreApart() {
        decide("/a");
        trail.decided("path_open", Use.FILE_READ, "/a", false, "denied by `a`");
        trail.decided("path_open", Use.FILE_WRITE, "/a", false, "denied by `a`");
        assertThat(records).hasSize(3);
    }

    @Test
    void aFloodOfSubjectsIsAFewRecords() {
        for (int i = 0; i < 10_000; i++) {
            decide("/file-" + i);
            trail.decided("path_open", Use.FILE_READ, "/file-" + i, false, "reason " + i);
        }
        assertThat(records).hasSize(AuditTrail.MAX_KINDS + 2);
        trail.flush();
        assertThat(records).hasSize(AuditTrail.MAX_KINDS + 4);
        assertThat(records.stream().mapToLong(AccessDecision::count).sum()).isEqualTo(20_000);
        assertThat(records.get(records.size() - 1).subject()).isEqualTo(AuditTrail.OTHERS);
    }

    @Test
    void subjectsArePrintableAndShort() {
        decide("/\u001b[2J\u202e\n" + "x".repeat(10_000));
        assertThat(records.get(0).subject())
                .startsWith("/\\u{1b}[2J\\u{202e}\\u{a}xxx")
                .hasSize(AuditTrail.MAX_TEXT_CHARS);
    }

    @Test
    void aClockThatGoesBackEndsTheWindow() {
        decide("/a");
        now = 5;
        decide("/a");
        assertThat(records).hasSize(2);
    }

    @Test
    void nobodyListensToNone() {
        assertThat(AuditTrail.none().followed()).isFalse();
        AuditTrail.none().decided("path_open", Use.FILE_READ, "/a", true, "");
        AuditTrail.none().flush();
        assertThat(trail.followed()).isTrue();
    }

    @Test
    void windowsHaveALength() {
        assertThatThrownBy(() -> AuditTrail.of(records::add, 0))
                .hasMessage("window is `0` ms, but at least 1 is needed");
    }

    @Test
    void refusalsOfOneSessionAreOverheardOneByOneAndCountedWithAll() {
        List<String> overheard = new ArrayList<>();
        AuditTrail session = trail.overheard(refusal -> overheard.add(refusal.subject()));
        decide("/a");
        session.decided("path_open", Use.FILE_READ, "/a", true, "");
        session.decided("path_open", Use.FILE_READ, "/b", false, "no");
        session.decided("path_open", Use.FILE_READ, "/b", false, "no");
        trail.decided("path_open", Use.FILE_READ, "/b", false, "no");
        assertThat(overheard).containsExactly("/b", "/b");
        assertThat(records).hasSize(2);
        session.flush();
        assertThat(records).extracting(AccessDecision::count).containsExactly(1L, 1L, 1L, 2L);
    }

    @Test
    void refusalsAreOverheardWhereNobodyFollowsTheTrail() {
        List<String> overheard = new ArrayList<>();
        AuditTrail session = AuditTrail.none().overheard(it -> overheard.add(it.reason()));
        assertThat(session.followed()).isTrue();
        session.decided("sock_connect", Use.NET_OUTBOUND, "tcp://192.0.2.1:1", false, "no");
        assertThat(overheard).containsExactly("no");
    }
}
