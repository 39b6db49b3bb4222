package dev.cordon.wasi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.cordon.wasi.abi.Errno;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The packages of the shim, and what none of them may do. */
class ArchitectureTest {
    private static final String ROOT = "dev.cordon.wasi";

    /** The layer of the root package, which builds the host functions from a configuration. */
    private static final String FACADE = "facade";

    /** Each package, bottom first, and which packages it may use. */
    private static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

    static {
        MAY_USE.put("abi", Set.of());
        MAY_USE.put("limit", Set.of());
        MAY_USE.put("audit", Set.of());
        MAY_USE.put("fs", Set.of("abi"));
        MAY_USE.put("net", Set.of("abi", "limit", "audit"));
        MAY_USE.put("preview1", Set.of("abi", "limit", "audit", "fs", "net"));
        MAY_USE.put(FACADE, Set.of("abi", "limit", "audit", "fs", "net", "preview1"));
    }

    private static final JavaClasses SHIM =
            new ClassFileImporter()
                    .importUrl(Errno.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void packagesOnlyUseWhatTheTableAllows() {
        LayeredArchitecture layers =
                layeredArchitecture()
                        .consideringOnlyDependenciesInLayers()
                        .withOptionalLayers(true);
        for (String name : MAY_USE.keySet()) {
            layers = layers.layer(name).definedBy(packageOf(name));
        }
        for (Map.Entry<String, Set<String>> row : MAY_USE.entrySet()) {
            String[] lower = row.getValue().toArray(String[]::new);
            layers =
                    lower.length == 0
                            ? layers.whereLayer(row.getKey()).mayNotAccessAnyLayer()
                            : layers.whereLayer(row.getKey()).mayOnlyAccessLayers(lower);
        }
        layers.because("ARCHITECTURE.md lists which package may use which").check(SHIM);
    }

    @Test
    void everyPackageHasARow() {
        Set<String> rows =
                MAY_USE.keySet().stream()
                        .map(ArchitectureTest::packageOf)
                        .collect(Collectors.toSet());
        assertThat(rows).containsAll(packages());
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked =
                packages().stream()
                        .filter(name -> !SHIM.getPackage(name).isAnnotatedWith(NullMarked.class))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).isEmpty();
    }

    @Test
    void filesAreOpenedInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("fs"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .because("there is one way from a guest's path to a host file")
                .check(SHIM);
    }

    @Test
    void onlySystemInputTouchesAStandardStream() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SystemInput")
                .should()
                .accessField(System.class, "in")
                .check(SHIM);
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("a guest's streams are handed over, never taken")
                .check(SHIM);
    }

    @Test
    void theShimKnowsNothingOfPlugins() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.cordon",
                        "dev.cordon.capability..",
                        "dev.cordon.error..",
                        "dev.cordon.runtime..")
                .because("anyone with Chicory can use the shim")
                .check(SHIM);
    }

    private static Set<String> packages() {
        return SHIM.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String packageOf(String name) {
        return name.equals(FACADE) ? ROOT : ROOT + "." + name;
    }
}
