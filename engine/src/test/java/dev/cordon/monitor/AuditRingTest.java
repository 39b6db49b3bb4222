package dev.cordon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditRingTest {
    private static AuditRecord record(String plugin, String subject, boolean allowed, long at) {
        String capability = "data:read=" + subject;
        return new AuditRecord(
                plugin, "data_get", capability, subject, allowed, "", 1, at, at + 10);
    }

    @Test
    void theNewestComeFirst() {
        AuditRing ring = new AuditRing(3, 1 << 20);
        for (int i = 0; i < 5; i++) {
            ring.add(record("p", "k" + i, true, i));
        }
        assertThat(ring.query(AuditQuery.all()))
                .extracting(AuditRecord::subject)
                .containsExactly("k4", "k3", "k2");
        assertThat(ring.query(AuditQuery.all().newest(1)))
                .extracting(AuditRecord::subject)
                .containsExactly("k4");
        assertThat(ring.query(AuditQuery.all().newest(-1))).isEmpty();
        assertThat(ring.forgotten()).isEqualTo(2);
    }

    @Test
    void whoeverFloodsPushesOutItsOwn() {
        AuditRing ring = new AuditRing(100, 1 << 20);
        ring.add(record("quiet", "k", false, 0));
        for (int i = 0; i < 10_000; i++) {
            ring.add(record(i % 2 == 0 ? "loud" : "louder", "k" + i, false, i));
        }
        assertThat(ring.query(AuditQuery.all())).hasSize(100);
        assertThat(ring.query(AuditQuery.all().ofPlugin("quiet"))).hasSize(1);
    }

    @Test
    void bytesAreBoundedToo() {
        AuditRing ring = new AuditRing(1_000, 10_000);
        for (int i = 0; i < 100; i++) {
            ring.add(record("p", "k".repeat(1_000), true, i));
        }
        assertThat(ring.query(AuditQuery.all())).hasSize(2);
        AuditRing none = new AuditRing(0, 10_000);
        none.add(record("p", "k", true, 1));
        assertThat(none.query(AuditQuery.all())).isEmpty();
        assertThat(none.forgotten()).isEqualTo(1);
    }

    @Test
    void everyConditionHolds() {
        AuditRing ring = new AuditRing(10, 1 << 20);
        ring.add(record("p", "a.b", true, 100));
        ring.add(record("q", "a.b", false, 200));
        AuditQuery all = AuditQuery.all();
        assertThat(ring.query(all.ofPlugin("p"))).hasSize(1);
        assertThat(ring.query(all.onlyDenied()).get(0).plugin()).isEqualTo("q");
        assertThat(ring.query(all.onlyAllowed()).get(0).plugin()).isEqualTo("p");
        assertThat(ring.query(all.ofCapability("data:read=a."))).hasSize(2);
        assertThat(ring.query(all.ofCapability("data:write"))).isEmpty();
        assertThat(ring.query(all.ofOperation("data_put"))).isEmpty();
        assertThat(ring.query(all.between(millis(105), millis(150)))).hasSize(1);
        assertThat(ring.query(all.between(millis(111), millis(199)))).isEmpty();
        assertThat(ring.query(all.between(millis(0), millis(200)))).hasSize(2);
    }

    private static Instant millis(long at) {
        return Instant.ofEpochMilli(at);
    }
}
