package io.certrail.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.certrail.event.AuditEvent;
import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.event.RefusedBy;
import io.certrail.event.RequestFacts;
import io.certrail.servlet.RecordingFixture;
import io.certrail.trail.FaultyFiles;
import io.certrail.trail.TrailAssert;
import io.certrail.trail.TrailFiles;
import jakarta.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecorderTest {
    private static final RequestFacts GET = new RequestFacts("id-1", "client", "GET", "/a", "1.1", null, null, null);

    @TempDir
    Path folder;

    private static RequestInFlight open(RecordingFixture fixture) {
        return fixture.recorder().open(GET, null, System.nanoTime());
    }

    @Test
    void requestIsRecordedOnceHoweverManyCloseIt() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.NONE)) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                for (int i = 0; i < 200; i++) {
                    RequestInFlight request = open(fixture);
                    List<Future<?>> closers = new ArrayList<>();
                    for (int k = 0; k < 4; k++) {
                        closers.add(threads.submit(k % 2 == 0 ? request::close : request::closeBeforeAnswer));
                    }
                    for (Future<?> closer : closers) {
                        closer.get();
                    }
                }
            } finally {
                threads.shutdown();
            }
            assertThat(fixture.records("http.request")).hasSize(200);
        }
    }

    /** As of one that is under way when Certrail stops. */
    @Test
    void requestWithoutAnAnswerIsNoSuccess() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.NONE)) {
            open(fixture).close();

            JsonObject record = fixture.record("http.request");
            assertThat(record.getJsonObject("event").getString("outcome")).isEqualTo("unknown");
            assertThat(record).doesNotContainKey("error");
        }
    }

    @Test
    void answerIsHeldBackUntilItsRecordIsOnDisk() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.ANSWER)) {
            RequestInFlight request = open(fixture);
            request.status(200);

            assertThat(request.closeBeforeAnswer()).isTrue();
            assertThat(TrailAssert.durableLines(folder)).anyMatch(line -> line.contains("\"id\":\"id-1\""));
        }
    }

    @Test
    void answerIsRefusedWhereItsRecordCannotBeWritten() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        TrailFiles files = new FaultyFiles(call -> broken.get(), false);
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.ANSWER, FailurePolicy.REFUSE, files)) {
            assertThat(fixture.recorder().acceptsRequests()).isTrue();
            broken.set(true);

            assertThat(open(fixture).closeBeforeAnswer()).isFalse();
            assertThat(fixture.recorder().acceptsRequests()).isFalse();
            assertThat(fixture.recorder().counts().lost()).isEqualTo(1);
            broken.set(false);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/health, true",
        "/health/live, true",
        "/healthy, false",
        "/health/../api/events, false",
        "/health/%2e%2e/api, false",
        "/health;x=/api, false",
        "/health//api, false",
        "/api/events, false"
    })
    void whoWatchesIsAnsweredWhileNothingCanBeRecorded(String path, boolean answered) throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        TrailFiles files = new FaultyFiles(call -> broken.get(), false);
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.WORK, FailurePolicy.REFUSE, files)) {
            broken.set(true);
            open(fixture).closeBeforeAnswer();
            RequestFacts facts = new RequestFacts("id-2", "client", "GET", path, "1.1", null, null, null);
            RequestInFlight request = fixture.recorder().open(facts, null, System.nanoTime());

            assertThat(fixture.recorder().accepts(request)).isEqualTo(answered);
            assertThat(fixture.recorder().recordReceived(request)).isEqualTo(answered);
            assertThat(request.closeBeforeAnswer()).isEqualTo(answered);
            broken.set(false);
        }
    }

    @Test
    void answerGoesOutWhereTheServerIsToContinueAndTheRecordFollows() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        TrailFiles files = new FaultyFiles(call -> broken.get(), false);
        try (RecordingFixture fixture =
                new RecordingFixture(folder, Durability.ANSWER, FailurePolicy.CONTINUE, files)) {
            broken.set(true);
            assertThat(open(fixture).closeBeforeAnswer()).isTrue(); // the one that finds out is lost
            assertThat(fixture.recorder().acceptsRequests()).isTrue();
            assertThat(open(fixture).closeBeforeAnswer()).isTrue(); // the next is kept for later
            broken.set(false);

            assertThat(fixture.records("http.request")).hasSize(1);
            assertThat(fixture.recorder().counts().lost()).isEqualTo(1);
        }
    }

    @Test
    void arrivalIsOnRecordBeforeTheApplicationRunsOnlyWhereAskedFor() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.WORK)) {
            assertThat(fixture.recorder().recordReceived(open(fixture))).isTrue();
            assertThat(TrailAssert.durableLines(folder)).anyMatch(line -> line.contains("http.request.received"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, success,, ",
        "302, success,, ",
        "400, failure, 400, container",
        "401, failure, unauthenticated, container",
        "403, failure, forbidden, container",
        "404, failure, not_found, container",
        "405, failure, method_not_allowed, container",
        "408, failure, request_timeout, container",
        "413, failure, payload_too_large, container",
        "414, failure, uri_too_long, container",
        "415, failure, unsupported_media_type, container",
        "418, failure, 418, container",
        "431, failure, header_too_large, container",
        "500, failure, server_error, ",
        "503, failure, 503, "
    })
    void statusSaysWhatNobodyKnowsBetter(int status, String outcome, String reason, String refusedBy) throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.NONE)) {
            RequestInFlight request = open(fixture);
            request.status(status);
            request.close();

            JsonObject record = fixture.record("http.request");
            assertThat(record.getJsonObject("event").getString("outcome")).isEqualTo(outcome);
            assertThat(
                            record.containsKey("error")
                                    ? record.getJsonObject("error").getString("type")
                                    : null)
                    .isEqualTo(reason);
            assertThat(record.getJsonObject("audit").getString("refused_by", null))
                    .isEqualTo(refusedBy);
        }
    }

    @Test
    void whatTheApplicationRefusesIsItsOwn() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.NONE)) {
            RequestInFlight request = open(fixture);
            request.reachedApplication();
            request.status(403);
            request.close();

            assertThat(fixture.record("http.request").getJsonObject("audit").getString("refused_by"))
                    .isEqualTo(RefusedBy.APPLICATION.id());
        }
    }

    @Test
    void firstFaultStandsUnlessItsRootIsFound() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.NONE)) {
            RequestInFlight request = open(fixture);
            request.status(400);
            request.fault(Fault.of(Reason.MALFORMED_JSON));
            request.fault(Fault.of(Reason.SERVER_ERROR));
            request.rootFault(Fault.of(Reason.AMBIGUOUS_LENGTH));
            request.close();

            assertThat(fixture.record("http.request").getJsonObject("error").getString("type"))
                    .isEqualTo("ambiguous_length");
        }
    }

    @Test
    void observerThatFailsAffectsNobody() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.NONE)) {
            fixture.recorder().observe(new RecordObserver() {
                @Override
                public void recorded(AuditEvent event) {
                    throw new IllegalStateException("broken observer");
                }
            });
            fixture.recorder().observe(new RecordObserver() {
                @Override
                public void recorded(AuditEvent event) {
                    heard.incrementAndGet();
                }
            });
            open(fixture).close();

            assertThat(heard).hasValue(1);
            assertThat(fixture.records("http.request")).hasSize(1);
        }
    }

    /** Else who tells a failure for want of memory fails for want of memory. */
    @Test
    void observersAreToldWithoutMemory() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int times = 10_000;
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.NONE)) {
            openConnections(fixture, times);
            long before = threads.getCurrentThreadAllocatedBytes();
            openConnections(fixture, times);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(fixture.open()).isEqualTo(2 * times);
            assertThat(allocated).isLessThan(times);
        }
    }

    private static void openConnections(RecordingFixture fixture, int times) {
        for (int i = 0; i < times; i++) {
            fixture.recorder().connectionOpened();
        }
    }

    @Test
    void connectionIdsDifferAndNameTheBoot() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.NONE)) {
            assertThat(fixture.recorder().nextConnectionId()).startsWith("boot-");
            assertThat(fixture.recorder().nextConnectionId())
                    .isNotEqualTo(fixture.recorder().nextConnectionId());
        }
    }
}
