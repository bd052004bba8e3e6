package io.certrail;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may know which, and what no package may do. */
class ArchitectureTest {
    private static final String ROOT = "io.certrail";
    private static final String OFFENDING = "io.certrail.architecture.offending";
    /** The composition root: may import all, and nobody imports it. */
    private static final String COMPOSITION = "deployment";

    /** Each package, and which of the others it may import. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("event", Set.of()),
            Map.entry("hook", Set.of()),
            Map.entry("trail", Set.of("tlog")),
            Map.entry("tlog", Set.of()),
            Map.entry("tls", Set.of("event")),
            Map.entry("recorder", Set.of("event", "trail")),
            Map.entry("server", Set.of("event", "tls", "recorder")),
            Map.entry("servlet", Set.of("event", "tls", "recorder")),
            Map.entry("jaxrs", Set.of("event", "recorder")),
            Map.entry("interceptor", Set.of("event", "recorder")),
            Map.entry("sink", Set.of("tlog", "trail")),
            Map.entry("metrics", Set.of("event", "recorder", "trail", "sink")),
            Map.entry("config", Set.of("event", "recorder", "trail", "index", "sink", "scan")),
            Map.entry("index", Set.of("trail")),
            Map.entry("api", Set.of("event", "recorder", "trail", "tlog", "index", "config", "scan")),
            Map.entry("verify", Set.of("event", "trail", "tlog")),
            Map.entry("scan", Set.of("event", "trail")),
            Map.entry("cli", Set.of("event", "tls", "recorder", "trail", "tlog", "verify", "scan")));

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages(OFFENDING);

    @TestFactory
    Stream<DynamicTest> productKeepsEveryRule() {
        return rules(ROOT).entrySet().stream()
                .map(rule -> dynamicTest(rule.getKey(), () -> rule.getValue().check(PRODUCT)));
    }

    /** A rule that nothing can break guards nothing. */
    @TestFactory
    Stream<DynamicTest> offenderIsCaughtByEveryRule() {
        Map<String, ArchRule> rules = rules(OFFENDING);
        rules.putAll(packageRules(OFFENDING, Set.of("event", "trail")));
        return rules.entrySet().stream()
                .filter(rule ->
                        !rule.getKey().startsWith("package ") || rule.getKey().matches("package (event|trail)"))
                .map(rule -> dynamicTest(rule.getKey(), () -> assertThatThrownBy(
                                () -> rule.getValue().check(OFFENDERS))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("was violated")));
    }

    @Test
    void tableNamesEveryPackageThatThereIsAndNoOther() {
        Set<String> there = PRODUCT.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring(ROOT.length() + 1).split("\\.")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> told = new TreeSet<>(MAY_IMPORT.keySet());
        told.add(COMPOSITION);

        assertThat(there).isEqualTo(told);
    }

    @Test
    void ruleThatMatchesNoClassFails() {
        assertThatThrownBy(() -> packageRule(ROOT, "nowhere", Set.of()).check(PRODUCT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed to check any classes");
    }

    @Test
    void serverClassesAreUsedWhereTheyMayBe() {
        assertThat(PRODUCT.that(resideInAPackage(ROOT + ".server..")).stream()
                        .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                        .map(d -> d.getTargetClass().getPackageName()))
                .as("the rule on server classes has something to guard")
                .anyMatch(name -> name.startsWith("org.glassfish.grizzly"));
    }

    private static Map<String, ArchRule> rules(String root) {
        Map<String, ArchRule> rules = packageRules(root, MAY_IMPORT.keySet());
        rules.put("no cycles", slices().matching(root + ".(*)..").should().beFreeOfCycles());
        rules.put(
                "server classes only in server.*",
                noClasses()
                        .that(resideInAPackage(root + ".."))
                        .and()
                        .resideOutsideOfPackage(root + ".server.*..")
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(
                                "org.glassfish..",
                                "com.sun.enterprise..",
                                "org.apache.catalina..",
                                "fish.payara..",
                                "io.undertow..",
                                "org.xnio..",
                                "org.jboss..")));
        rules.put(
                "files only in the trail and the sinks, and those that the command line is given",
                noClasses()
                        .that(resideInAPackage(root + ".."))
                        .and()
                        .resideOutsideOfPackages(root + ".trail..", root + ".sink..", root + ".cli..", root + ".scan..")
                        // the layers of a connection hand the server's FileChannels through
                        .and()
                        .resideOutsideOfPackage(root + ".server.wildfly..")
                        .should()
                        .dependOnClassesThat()
                        .belongToAnyOf(
                                Files.class,
                                java.io.File.class,
                                java.io.FileInputStream.class,
                                java.io.FileOutputStream.class,
                                java.io.RandomAccessFile.class));
        rules.put(
                "file channels are the trail's and the sinks'; XNIO's channels name them too",
                noClasses()
                        .that(resideInAPackage(root + ".."))
                        .and()
                        .resideOutsideOfPackages(root + ".trail..", root + ".sink..", root + ".server.wildfly..")
                        .should()
                        .dependOnClassesThat()
                        .belongToAnyOf(FileChannel.class));
        rules.putAll(behaviour(root));
        return rules;
    }

    private static Map<String, ArchRule> behaviour(String root) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put(
                "nothing is printed, but by the command line",
                noClasses()
                        .that(resideInAPackage(root + ".."))
                        .and()
                        .resideOutsideOfPackage(root + ".cli..")
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err"));
        rules.put(
                "nothing ends the process, but the command line its own",
                noClasses()
                        .that(resideInAPackage(root + ".."))
                        .and()
                        .resideOutsideOfPackage(root + ".cli..")
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "halt", int.class));
        rules.put(
                "logging by System.Logger only",
                noClasses()
                        .that(resideInAPackage(root + ".."))
                        // an adapter may listen to what the server itself logs
                        .and()
                        .resideOutsideOfPackage(root + ".server.*..")
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(
                                "java.util.logging..",
                                "org.slf4j..",
                                "org.apache.logging..",
                                "org.apache.commons.logging..")));
        rules.put(
                "what counts for the record counts where memory is out, too: an adder may take some",
                noClasses()
                        .that(resideInAnyPackage(root + ".trail..", root + ".recorder.."))
                        .should()
                        .dependOnClassesThat()
                        .belongToAnyOf(LongAdder.class, LongAccumulator.class));
        rules.put(
                "no static field is mutable",
                fields().that()
                        .areDeclaredInClassesThat(resideInAPackage(root + ".."))
                        .and()
                        .areStatic()
                        .and()
                        .doNotHaveModifier(JavaModifier.SYNTHETIC)
                        .should()
                        .beFinal());
        return rules;
    }

    private static Map<String, ArchRule> packageRules(String root, Set<String> packages) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        for (String name : packages) {
            rules.put("package " + name, packageRule(root, name, MAY_IMPORT.get(name)));
        }
        return rules;
    }

    private static ArchRule packageRule(String root, String name, Set<String> others) {
        String[] allowed = Stream.concat(Stream.of(name), others.stream())
                .map(other -> root + "." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that(resideInAPackage(root + "." + name + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAnyPackage(allowed))));
    }
}
