package dev.cordon.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.UsageException;
import dev.cordon.trust.embedded.Vectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustPolicyTest {
    @TempDir Path folder;

    @Test
    void aWholePolicyIsRead() throws Exception {
        Files.writeString(folder.resolve("acme.pub"), Vectors.KEY_1.publicPem());
        Files.writeString(folder.resolve("admin.pub"), Vectors.KEY_2.publicPem());
        TrustPolicy policy =
                read(
                        """
                        {"mode": "warn",
                         "threshold": 2,
                         "publishers": {
                           "acme": {
                             "keys": [{"file": "acme.pub", "notAfter": "2030-01-01T00:00:00Z"}],
                             "plugins": ["acme.*"],
                             "maxGrants": ["random"],
                             "threshold": 1
                           }
                         },
                         "pins": {"acme.tool": ["%s"]},
                         "revocations": {
                           "file": "list.json",
                           "keys": [{"file": "admin.pub"}],
                           "maxAge": "P7D"
                         },
                         "state": "state",
                         "allowDowngrade": ["acme.tool@1.0.0"],
                         "certificates": {"crls": "crls", "revocation": "soft", "minRsaBits": 2048},
                         "timestamps": {"authorities": [], "required": false}}
                        """
                                .formatted("0".repeat(64)));

        assertThat(policy.mode()).isEqualTo(TrustMode.WARN);
        assertThat(policy.threshold()).isEqualTo(2);
        assertThat(policy.publishers()).hasSize(1);
        Publisher acme = policy.publishers().get(0);
        assertThat(acme.keys()).containsExactly(Vectors.KEY_1.publicKey());
        assertThat(acme.mayPublish("acme.tool")).isTrue();
        assertThat(acme.ceiling().covers("env")).isFalse();
        assertThat(policy.pin("acme.tool")).isPresent();
        assertThat(policy.revocations()).contains(folder.resolve("list.json"));
        assertThat(policy.revocationKeys()).containsExactly(Vectors.KEY_2.publicKey());
        assertThat(policy.maxListAge()).contains(Duration.ofDays(7));
        assertThat(policy.state()).contains(folder.resolve("state"));
        assertThat(policy.downgrades()).containsExactly("acme.tool@1.0.0");
        assertThat(policy.crls()).contains(folder.resolve("crls"));
        assertThat(policy.revocationCheck()).isEqualTo(RevocationCheck.SOFT);
        assertThat(policy.minRsaBits()).isEqualTo(2_048);
    }

    @Test
    void anEmptyPolicyEnforcesAndTrustsNobody() throws Exception {
        TrustPolicy policy = read("{}");
        assertThat(policy.mode()).isEqualTo(TrustMode.ENFORCE);
        assertThat(policy.publishers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"mode\":\"strict\"}",
                "{\"mdoe\":\"off\"}",
                "{\"mode\":\"off\",\"mode\":\"enforce\"}",
                "{\"threshold\":0}",
                "{\"publishers\":{\"a\":{\"keys\":[{\"file\":\"missing\"}]}}}",
                "{\"publishers\":{\"a\":{\"plugins\":[\"*.a\"]}}}",
                "{\"publishers\":{\"a\":{\"maxGrants\":[\"everything\"]}}}",
                "{\"publishers\":{\"a\":{\"subjects\":[\"CN=A\"]}}}",
                "{\"publishers\":{\"a\":{\"rotations\":[\"missing\"]}}}",
                "{\"revocations\":{\"file\":\"x\"}}",
                "{\"certificates\":{\"minRsaBits\":1024}}",
                "{\"certificates\":{\"revocation\":\"never\"}}",
                "{\"allowDowngrade\":[\"a\"]}"
            })
    void whatCannotBeMeantIsAnError(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(UsageException.class);
    }

    private TrustPolicy read(String json) throws Exception {
        Path file = folder.resolve("policy.json");
        Files.writeString(file, json);
        return TrustPolicy.read(file);
    }
}
