package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedModulesTest {
    @Test
    void x() {
        for (int i = 0; i < 200; i++) {
            ModuleGenerator g = new ModuleGenerator(i, true);
            var m = g.module();
            try {
                m.valid();
            } catch (RuntimeException e) {
                System.out.println(i + " " + e.getMessage());
                if (i < 3) g.bodies().forEach(System.out::println);
            }
        }
    }
}
