package io.certrail.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerOutputTest {
    private static final String TIME = "[2026-11-23T08:08:46.853+0000] [] ";
    private static final String REST =
            " [tid: _ThreadID=1 _ThreadName=main] [timeMillis: 1795421326853] [levelValue: 800] ";

    private final List<String> trouble = new ArrayList<>();
    private final StringWriter log = new StringWriter();
    private final ServerOutput output = new ServerOutput(Speech.PAYARA_MICRO, log, trouble::add);

    @Test
    void readyLineIsHeard() {
        read(TIME + "[INFO] [] [PayaraMicro]" + REST + "Payara Micro 6.2025.10 (build 42) ready in 24,771 (ms)");
        assertThat(output.ready()).isCompleted();
    }

    @Test
    void readyTextInsideAnotherRecordIsNotBelieved() {
        read("Payara Micro 6.2025.10 (build 42) ready in 1 (ms)");
        assertThat(output.ready()).isCancelled();
    }

    @Test
    void outputThatEndsBeforeMakesWaitingEnd() {
        read("Error: could not create the Java Virtual Machine.");
        assertThat(output.ready()).isCancelled();
        assertThat(output.complaint()).isEqualTo("Error: could not create the Java Virtual Machine.");
    }

    @Test
    void applicationsOfTheInstanceAreDeployed() {
        read(TIME + "[INFO] [] [PayaraMicro]" + REST + "[[", "  {", "   \"Deployed\": [", "  \"Name\": \"certrail\",");
        assertThat(output.isDeployed("certrail")).isTrue();
        assertThat(output.isDeployed("other")).isFalse();
    }

    @Test
    void warningsAndErrorsAreToldInOneLineEach() {
        read(
                TIME + "[WARNING] [CTR0101] [io.certrail.trail]" + REST + "disk is slow",
                TIME + "[SEVERE] [] [core]" + REST + "[[",
                "  Exception while loading",
                "java.lang.IllegalStateException: no",
                TIME + "[INFO] [] [core]" + REST + "fine");
        assertThat(trouble)
                .containsExactly("WARNING io.certrail.trail: disk is slow", "SEVERE core: Exception while loading");
    }

    @Test
    void everyLineIsInTheLog() {
        read("one", TIME + "[INFO] [] [core]" + REST + "two", "", "three");
        assertThat(log.toString().lines()).hasSize(4).startsWith("one").endsWith("three");
    }

    @Test
    void payaraServerTellsWhatItDeployed() {
        var server = new ServerOutput(Speech.PAYARA_SERVER, log, trouble::add);
        String record = TIME + "[INFO] [] [fish.payara.boot.runtime.BootCommand]" + REST + "[[\n";
        String deployed =
                "  Boot Command deploy returned with result SUCCESS : PlainTextActionReporterSUCCESSDescription:"
                        + " deploy AdminCommandApplication deployed with name certrail.";
        server.copy(new BufferedReader(new StringReader(record + deployed + "\n]]\n")));
        assertThat(server.ready()).isCancelled();
        assertThat(server.isDeployed("certrail")).isTrue();
    }

    @Test
    void payaraServersTextStandsInTheNextLine() {
        var server = new ServerOutput(Speech.PAYARA_SERVER, log, trouble::add);
        String record = TIME + "[INFO] [] [fish.payara.boot.runtime.BootCommand]" + REST + "[[\n";
        server.copy(
                new BufferedReader(new StringReader(record + "  Boot Command uptime returned with result SUCCESS")));
        assertThat(server.ready()).isCompleted();
    }

    @Test
    void wildFlyThatStartsWithErrorsIsNotReady() {
        var server = new ServerOutput(Speech.WILDFLY, log, trouble::add);
        String time = "04:00:31,406 ";
        String deployed = time + "INFO  [org.jboss.as.server] (ServerService Thread Pool -- 43) WFLYSRV0010: Deployed"
                + " \"certrail.war\" (runtime-name : \"certrail.war\")";
        String end = time + "ERROR [org.jboss.as] (Controller Boot Thread) WFLYSRV0026: WildFly 39.0.1.Final"
                + " (WildFly Core 31.0.3.Final) started (with errors) in 10023ms - Started 422 of 643 services";
        server.copy(new BufferedReader(new StringReader(deployed + "\n" + end + "\n")));
        assertThat(server.isDeployed("certrail")).isTrue();
        assertThat(server.ready()).isCompletedExceptionally().isNotCancelled();
        assertThat(trouble).hasSize(1).first().asString().startsWith("ERROR org.jboss.as: WFLYSRV0026");
    }

    @Test
    void wildFlyIsReadyWhenItSaysSo() {
        var server = new ServerOutput(Speech.WILDFLY, log, trouble::add);
        server.copy(
                new BufferedReader(
                        new StringReader(
                                "04:00:31,406 INFO  [org.jboss.as] (Controller Boot Thread)"
                                        + " WFLYSRV0025: WildFly 39.0.1.Final (WildFly Core 31.0.3.Final) started in 10325ms - Started 315\n")));
        assertThat(server.ready()).isCompleted();
        assertThat(trouble).isEmpty();
    }

    private void read(String... lines) {
        output.copy(new BufferedReader(new StringReader(String.join("\n", lines) + "\n")));
    }
}
