package dev.cordon;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.cordon.error.ErrorCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The package table of ARCHITECTURE.md, and what no package may do. */
class ArchitectureTest {
    private static final String ROOT = "dev.cordon";

    /** The layer of the facade, which is the root package itself. */
    private static final String FACADE = "facade";

    /** Each package, bottom first, and which packages it may use. */
    private static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

    static {
        MAY_USE.put("error", Set.of());
        MAY_USE.put("json", Set.of());
        MAY_USE.put("monitor", Set.of("error"));
        MAY_USE.put("quota", Set.of("error"));
        MAY_USE.put("capability", Set.of("error", "monitor"));
        MAY_USE.put("data.store", Set.of());
        MAY_USE.put("data", Set.of("error", "capability", "data.store"));
        MAY_USE.put("manifest", Set.of("error", "json", "capability", "quota"));
        MAY_USE.put("bridge", Set.of("error"));
        MAY_USE.put("bundle", Set.of("error", "monitor", "quota", "capability", "manifest"));
        MAY_USE.put("trust.crypto", Set.of("error"));
        MAY_USE.put("trust.key", Set.of("error", "trust.crypto"));
        MAY_USE.put("trust.embedded", Set.of("error", "trust.crypto", "trust.key"));
        MAY_USE.put("trust.detached", Set.of("error", "trust.crypto", "trust.key"));
        MAY_USE.put("trust.statement", Set.of("error", "json", "trust.crypto", "trust.key"));
        MAY_USE.put("trust.store", Set.of("error", "trust.crypto", "trust.statement"));
        MAY_USE.put(
                "trust",
                Set.of(
                        "error",
                        "capability",
                        "trust.crypto",
                        "trust.key",
                        "trust.statement",
                        "trust.store"));
        MAY_USE.put("trust.judge", allSoFar());
        MAY_USE.put(
                "trust.sign",
                Set.of(
                        "error",
                        "manifest",
                        "trust.crypto",
                        "trust.key",
                        "trust.embedded",
                        "trust.detached",
                        "trust.statement"));
        MAY_USE.put("extism", Set.of("error", "json", "quota", "capability", "bundle"));
        MAY_USE.put("host", Set.of("error", "capability"));
        MAY_USE.put("process", Set.of("error"));
        MAY_USE.put("wasm", Set.of("error", "bundle"));
        MAY_USE.put("scan", Set.of("error", "json", "quota"));
        MAY_USE.put("scan.advisory", Set.of("error", "scan"));
        MAY_USE.put("scan.sbom", Set.of("scan", "error"));
        MAY_USE.put(
                "scan.rule",
                Set.of(
                        "error",
                        "quota",
                        "capability",
                        "manifest",
                        "bundle",
                        "wasm",
                        "scan",
                        "scan.sbom"));
        MAY_USE.put("meter", Set.of("error", "wasm"));
        MAY_USE.put("runtime", Set.of("error", "quota", "wasm", "meter"));
        MAY_USE.put("http", Set.of("error", "json"));
        MAY_USE.put("guest", allSoFar());
        MAY_USE.put("dispatch", Set.of("error", "monitor", "capability", "bridge", "guest"));
        MAY_USE.put(FACADE, allSoFar());
    }

    /** The packages that an application sees; the module exports these and no other. */
    private static final List<String> EXPORTED =
            List.of(
                    FACADE,
                    "error",
                    "monitor",
                    "quota",
                    "capability",
                    "data",
                    "manifest",
                    "bridge",
                    "bundle",
                    "trust",
                    "trust.key",
                    "trust.sign",
                    "extism",
                    "host",
                    "scan",
                    "scan.advisory");

    private static final JavaClasses ENGINE =
            new ClassFileImporter()
                    .importUrl(ErrorCode.class.getProtectionDomain().getCodeSource().getLocation());

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
        layers.because("ARCHITECTURE.md lists which package may use which").check(ENGINE);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(ENGINE);
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
                        .filter(name -> !ENGINE.getPackage(name).isAnnotatedWith(NullMarked.class))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).isEmpty();
    }

    @Test
    void onlyFourPackagesKnowChicory() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packagesOf("wasm", "meter", "runtime", "guest"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.dylibso.chicory..")
                .because("a successor of Chicory has to be a change to these packages alone")
                .check(ENGINE);
    }

    @Test
    void onlyDispatchKnowsResilience4j() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".dispatch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.resilience4j..")
                .because("what retries and breaks circuits can be replaced in one place")
                .check(ENGINE);
    }

    @Test
    void onlyTrustKnowsBouncyCastle() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".trust..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .because("what signatures are checked with can be replaced in one place")
                .check(ENGINE);
    }

    @Test
    void onlyOnePackageKnowsTheLibraryOfHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packagesOf("http"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hc..")
                .because("connections are opened by the egress rules alone")
                .check(ENGINE);
    }

    @Test
    void exportedSignaturesOnlyNameExportedTypes() {
        noMethods()
                .that(areSeenByApplications())
                .should()
                .haveRawReturnType(notForApplications())
                .orShould()
                .haveRawParameterTypes(DescribedPredicate.anyElementThat(notForApplications()))
                .allowEmptyShould(true)
                .because("an application must not come to depend on what may be replaced")
                .check(ENGINE);
    }

    @Test
    void filesAreOpenedInFewPlacesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        packagesOf("bundle", "data.store", "trust.store", "process"))
                .and(
                        DescribedPredicate.not(
                                JavaClass.Predicates.simpleNameStartingWith("CompileCache")))
                .and(
                        DescribedPredicate.not(
                                JavaClass.Predicates.simpleNameStartingWith("AdvisoryFiles")))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .because("files are opened in few places, so that these can be audited")
                .check(ENGINE);
    }

    @Test
    void theEngineNeverWritesToTheStandardStreams() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("the streams belong to the application")
                .check(ENGINE);
    }

    private static DescribedPredicate<JavaMethod> areSeenByApplications() {
        return DescribedPredicate.describe(
                "applications see",
                method -> isPublic(method) && isPublicType(method) && isExported(method));
    }

    private static boolean isPublic(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean isPublicType(JavaMember member) {
        return member.getOwner().getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean isExported(JavaMember member) {
        return EXPORTED.stream()
                .map(ArchitectureTest::packageOf)
                .anyMatch(member.getOwner().getPackageName()::equals);
    }

    private static DescribedPredicate<JavaClass> notForApplications() {
        String[] inside =
                MAY_USE.keySet().stream()
                        .filter(name -> !EXPORTED.contains(name))
                        .map(ArchitectureTest::packageOf)
                        .toArray(String[]::new);
        return resideInAPackage("com.dylibso.chicory..")
                .or(resideInAPackage("io.github.resilience4j.."))
                .or(resideInAPackage("org.objectweb.asm.."))
                .or(resideInAPackage("org.bouncycastle.."))
                .or(JavaClass.Predicates.resideInAnyPackage(inside));
    }

    private static Set<String> packages() {
        return ENGINE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> allSoFar() {
        return Set.copyOf(MAY_USE.keySet());
    }

    private static String packageOf(String name) {
        return name.equals(FACADE) ? ROOT : ROOT + "." + name;
    }

    private static String[] packagesOf(String... names) {
        return Arrays.stream(names).map(ArchitectureTest::packageOf).toArray(String[]::new);
    }
}
