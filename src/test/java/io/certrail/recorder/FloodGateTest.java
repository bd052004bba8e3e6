package io.certrail.recorder;

import static io.certrail.recorder.Floods.NOON;
import static io.certrail.recorder.Floods.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.event.AuditEvent;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Fault;
import io.certrail.event.FloodEvent;
import io.certrail.event.FloodEvent.Kind;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.NamedValue;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.RefusedBy;
import io.certrail.event.TrailEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class FloodGateTest {
    private static final String ATTACKER = "203.0.113.7";
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 2 * SECOND); // runs over, as nanoTime may
    private boolean exhausted;
    private final LongAdder coalesced = new LongAdder();
    private final List<FloodEvent> told = Collections.synchronizedList(new ArrayList<>());

    private FloodGate gate(int rate, int burst, int sources) {
        FloodOptions options = new FloodOptions(rate, burst, Duration.ofSeconds(10), sources);
        FloodGate.Book book = new FloodGate.Book() {
            @Override
            public void coalesced(AuditEvent event) {
                coalesced.increment();
            }

            @Override
            public void tell(FloodEvent flood) {
                told.add(flood);
            }
        };
        return new FloodGate(
                options, Clock.fixed(NOON, ZoneOffset.UTC), this::nanos, new ConnectionNumbers(Floods.BOOT), book);
    }

    private long nanos() {
        if (exhausted) {
            throw new OutOfMemoryError("injected");
        }
        return nanos.get();
    }

    private long admitted(FloodGate gate, String address, Reason reason, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .filter(number -> gate.admits(refused(address, reason, number)))
                .count();
    }

    /** There is no memory for a source's bucket: it is not one of those that are told apart. */
    @Example
    void sourceForWhichMemoryIsOutTakesNoPlace() {
        FloodGate gate = gate(1, 1, 2);
        exhausted = true;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> gate.admits(refused(ATTACKER, Reason.NO_DATA, 1)))
                    .isInstanceOf(OutOfMemoryError.class);
        }
        exhausted = false;

        assertThat(gate.sources()).isZero();
        assertThat(admitted(gate, ATTACKER, Reason.NO_DATA, 1, 2)).isEqualTo(1);
        assertThat(gate.sources()).isEqualTo(1);
    }

    @Example
    void burstHasItsRecordsAndTheRestIsToldTogether() {
        FloodGate gate = gate(1, 3, 10);

        assertThat(admitted(gate, ATTACKER, Reason.NO_DATA, 1, 10)).isEqualTo(3);
        assertThat(told).isEmpty();
        gate.sweep();

        assertThat(told).hasSize(1);
        FloodEvent flood = told.get(0);
        assertThat(flood.kind()).isEqualTo(new Kind(ATTACKER, "tls.handshake", "no_data"));
        assertThat(flood.count()).isEqualTo(7);
        assertThat(flood.connections()).containsExactly("4-10");
        assertThat(flood.sample())
                .contains(new NamedValue("sample_port", "40010"), new NamedValue("sample_message", "message 10"));
        gate.sweep();
        assertThat(told).hasSize(1);
    }

    @Example
    void rateComesBackWithTimeAndNotWithTheClock() {
        FloodGate gate = gate(10, 5, 10);
        assertThat(admitted(gate, ATTACKER, Reason.NO_DATA, 1, 100)).isEqualTo(5);

        nanos.addAndGet(SECOND / 5);
        assertThat(admitted(gate, ATTACKER, Reason.NO_DATA, 101, 200)).isEqualTo(2);

        nanos.addAndGet(3600 * SECOND);
        assertThat(admitted(gate, ATTACKER, Reason.NO_DATA, 201, 300)).isEqualTo(5);
    }

    @Example
    void clockThatGoesBackWidensTheTimesAndLosesNothing() {
        FloodGate gate = gate(1, 1, 10);
        gate.admits(refused(ATTACKER, Reason.NO_DATA, 1, NOON));
        Instant earlier = NOON.minusSeconds(86_400);
        gate.admits(refused(ATTACKER, Reason.NO_DATA, 2, NOON));
        gate.admits(refused(ATTACKER, Reason.NO_DATA, 3, earlier));
        gate.admits(refused(ATTACKER, Reason.NO_DATA, 4, earlier.plusSeconds(1)));
        gate.sweep();

        assertThat(told).singleElement().satisfies(flood -> {
            assertThat(flood.first()).isEqualTo(earlier);
            assertThat(flood.last()).isEqualTo(NOON);
            assertThat(flood.count()).isEqualTo(3);
        });
    }

    @Example
    void otherReasonsAndOtherSourcesHaveTheirOwnBurst() {
        FloodGate gate = gate(1, 2, 10);
        admitted(gate, ATTACKER, Reason.NO_DATA, 1, 100);

        assertThat(admitted(gate, ATTACKER, Reason.CERTIFICATE_EXPIRED, 101, 110))
                .isEqualTo(2);
        assertThat(admitted(gate, "203.0.113.8", Reason.NO_DATA, 111, 120)).isEqualTo(2);
        assertThat(gate.admits(Floods.reset(ATTACKER, 121))).isTrue();
    }

    @Example
    void hostsOfOneNetworkOfVersionSixShareABurst() {
        FloodGate gate = gate(1, 2, 10);
        assertThat(admitted(gate, "2001:db8:0:1:0:0:0:1", Reason.NO_DATA, 1, 2)).isEqualTo(2);
        assertThat(admitted(gate, "2001:db8:0:1:0:0:0:2", Reason.NO_DATA, 3, 4)).isZero();
        assertThat(admitted(gate, "2001:db8:0:2:0:0:0:2", Reason.NO_DATA, 5, 6)).isEqualTo(2);
        gate.sweep();

        assertThat(told).singleElement().satisfies(flood -> {
            assertThat(flood.kind().source()).isEqualTo("2001:db8:0:1::/64");
            assertThat(flood.sample()).contains(new NamedValue("sample_address", "2001:db8:0:1:0:0:0:2"));
        });
    }

    @Example
    void whatIsNoRefusalIsNeverHeld() {
        FloodGate gate = gate(1, 1, 10);
        admitted(gate, ATTACKER, Reason.NO_DATA, 1, 100);
        List<AuditEvent> never = List.of(
                Floods.established(ATTACKER, 101),
                Floods.request(ATTACKER, 101, 200, null),
                Floods.request(ATTACKER, 101, 403, RefusedBy.APPLICATION),
                Floods.request(ATTACKER, 101, 503, RefusedBy.AUDIT),
                Floods.request(ATTACKER, 101, 500, null),
                new TrailEvent(TrailEvent.CONFIG, NOON, Outcome.SUCCESS, null, List.of()));

        for (int i = 0; i < 3; i++) {
            assertThat(never).allSatisfy(event -> assertThat(gate.admits(event)).isTrue());
        }
    }

    @Example
    void requestsThatParserAndContainerRefuseAreHeld() {
        FloodGate gate = gate(1, 1, 10);
        List<AuditEvent> held = List.of(
                Floods.request(ATTACKER, 7, 400, RefusedBy.HTTP_PARSER),
                Floods.request(ATTACKER, 7, 401, RefusedBy.CONTAINER),
                Floods.reset(ATTACKER, 7));

        assertThat(held).allSatisfy(event -> assertThat(gate.admits(event)).isTrue());
        assertThat(held).allSatisfy(event -> assertThat(gate.admits(event)).isFalse());
        assertThat(held).allSatisfy(event -> assertThat(gate.admits(event)).isFalse());
        gate.sweep();

        assertThat(told).hasSize(3).allSatisfy(flood -> {
            assertThat(flood.count()).isEqualTo(2);
            assertThat(flood.connections()).as("a set, not a count").containsExactly("7");
        });
        assertThat(told).extracting(FloodEvent::kind).extracting(Kind::event).contains("http.request", "tls.closed");
    }

    @Example
    void tooManyRangesAreToldEarly() {
        FloodGate gate = gate(1, 1, 10);
        gate.admits(refused(ATTACKER, Reason.NO_DATA, 1));
        int ranges = 3 * FloodTally.MAX_RANGES;
        for (int i = 1; i <= ranges; i++) {
            gate.admits(refused(ATTACKER, Reason.NO_DATA, 1 + 2L * i));
        }

        assertThat(told).hasSize(2);
        gate.close();
        assertThat(told).hasSize(3).allSatisfy(flood -> {
            assertThat(flood.connections()).hasSize(FloodTally.MAX_RANGES);
            assertThat(flood.count()).isEqualTo(FloodTally.MAX_RANGES);
        });
        assertThat(covered()).doesNotHaveDuplicates().hasSize(ranges);
    }

    @Example
    void sourcesBeyondTheBoundAreCountedTogetherForEachReason() {
        FloodGate gate = gate(1, 2, 3);
        for (int host = 0; host < 100; host++) {
            admitted(gate, "198.51.100." + host, Reason.NO_DATA, 10L * host + 1, 10L * host + 10);
        }
        assertThat(gate.sources()).isEqualTo(3);
        gate.sweep();

        Map<String, Long> counts = told.stream()
                .collect(Collectors.groupingBy(
                        flood -> flood.kind().source(), Collectors.summingLong(FloodEvent::count)));
        assertThat(counts)
                .isEqualTo(Map.of(
                        "198.51.100.0", 8L, "198.51.100.1", 8L, "198.51.100.2", 8L, FloodGate.OTHERS, 97 * 10L - 2));
    }

    @Example
    void sourceThatIsCalmAgainMakesRoom() {
        FloodGate gate = gate(10, 2, 1);
        admitted(gate, ATTACKER, Reason.NO_DATA, 1, 10);
        admitted(gate, "203.0.113.8", Reason.NO_DATA, 11, 20);
        gate.sweep();
        assertThat(gate.sources()).as("its tokens are not all there").isEqualTo(1);

        nanos.addAndGet(SECOND);
        gate.sweep();
        assertThat(gate.sources()).isZero();

        told.clear();
        admitted(gate, "203.0.113.8", Reason.NO_DATA, 21, 30);
        gate.sweep();
        assertThat(told).extracting(flood -> flood.kind().source()).containsExactly("203.0.113.8");
    }

    @Example
    void closedGateHasToldAllAndAdmitsAll() {
        FloodGate gate = gate(1, 1, 10);
        admitted(gate, ATTACKER, Reason.NO_DATA, 1, 10);
        gate.close();

        assertThat(covered()).hasSize(9);
        assertThat(admitted(gate, ATTACKER, Reason.NO_DATA, 11, 20)).isEqualTo(10);
        gate.close();
        assertThat(told).hasSize(1);
    }

    @Example
    void gateWithoutALimitAdmitsAll() {
        FloodGate gate = gate(0, 1, 1);

        assertThat(admitted(gate, ATTACKER, Reason.NO_DATA, 1, 1000)).isEqualTo(1000);
        assertThat(gate.sources()).isZero();
    }

    @Example
    void connectionWithoutANumberOfThisStartIsCountedAllTheSame() {
        FloodGate gate = gate(1, 1, 10);
        for (String id : Arrays.asList("boot-1", "boot-2", "other-3", "boot-x", null)) {
            gate.admits(withId(id));
        }
        gate.close();

        assertThat(told).singleElement().satisfies(flood -> {
            assertThat(flood.count()).isEqualTo(4);
            assertThat(flood.connections()).containsExactly("2");
        });
    }

    private static HandshakeEvent withId(@Nullable String id) {
        Endpoint unknown = Endpoint.UNKNOWN;
        return new HandshakeEvent(
                NOON,
                Outcome.FAILURE,
                5,
                Fault.of(Reason.NO_DATA),
                new ConnectionFacts(id, unknown, unknown, null, null));
    }

    /** Eight threads, four sources, sweeps all the time, and a close in the middle: each connection once, none twice. */
    @Example
    void eachFailureOfManyThreadsIsAdmittedOrToldOnce() throws Exception {
        FloodGate gate = gate(1000, 10, 2);
        AtomicLong numbers = new AtomicLong();
        List<Long> admitted = Collections.synchronizedList(new ArrayList<>());
        int threads = 8;
        int each = 20_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String address = "203.0.113." + thread % 4;
                work.add(pool.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        long number = numbers.incrementAndGet();
                        if (gate.admits(refused(address, Reason.values()[i % 2], number))) {
                            admitted.add(number);
                        }
                    }
                }));
            }
            Future<?> sweeper = pool.submit(() -> {
                while (numbers.get() < threads * each * 3L / 4) {
                    nanos.addAndGet(SECOND / 1000);
                    gate.sweep();
                }
                gate.close();
            });
            for (Future<?> future : work) {
                future.get();
            }
            sweeper.get();
        } finally {
            pool.shutdownNow();
        }

        List<Long> all = new ArrayList<>(covered());
        assertThat(all).hasSize((int) coalesced.sum());
        assertThat(told.stream().mapToLong(FloodEvent::count).sum()).isEqualTo(coalesced.sum());
        all.addAll(admitted);
        Collections.sort(all);
        assertThat(all)
                .isEqualTo(LongStream.rangeClosed(1, threads * each).boxed().toList());
    }

    private List<Long> covered() {
        return told.stream()
                .flatMap(flood -> NumberRangesTest.numbersOf(flood.connections()).stream())
                .toList();
    }

    /** A step of a random story. */
    record Step(int host, Reason reason, int millis, boolean sweep) {}

    @Provide
    Arbitrary<List<Step>> stories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(Reason.NO_DATA, Reason.CERTIFICATE_EXPIRED),
                        Arbitraries.of(0, 0, 0, 1, 50, 400),
                        Arbitraries.of(false, false, false, false, false, true))
                .as(Step::new)
                .list()
                .ofMaxSize(300);
    }

    /** Beside a model that keeps every connection, and the tokens in the plainest way. */
    @Property(tries = 300)
    void anyStoryIsTheSameAsInTheModel(@ForAll("stories") List<Step> story) {
        int burst = 4;
        int rate = 10;
        told.clear();
        coalesced.reset();
        FloodGate gate = gate(rate, burst, 100);
        Map<Kind, Double> tokens = new HashMap<>();
        Map<Kind, List<Long>> expected = new HashMap<>();
        long number = 0;
        for (Step step : story) {
            nanos.addAndGet(step.millis() * 1_000_000L);
            tokens.replaceAll((kind, left) -> Math.min(burst, left + step.millis() * rate / 1000.0));
            String address = "203.0.113." + step.host();
            Kind kind = new Kind(address, "tls.handshake", step.reason().id());
            number++;
            double left = tokens.getOrDefault(kind, (double) burst);
            boolean token = left >= 1 - 1e-9;
            tokens.put(kind, token ? left - 1 : left);
            if (!token) {
                expected.computeIfAbsent(kind, k -> new ArrayList<>()).add(number);
            }

            assertThat(gate.admits(refused(address, step.reason(), number))).isEqualTo(token);
            if (step.sweep()) {
                gate.sweep();
            }
        }
        gate.close();

        Map<Kind, List<Long>> actual = new HashMap<>();
        for (FloodEvent flood : told) {
            List<Long> numbers = NumberRangesTest.numbersOf(flood.connections());
            assertThat(flood.count()).isEqualTo(numbers.size());
            actual.computeIfAbsent(flood.kind(), k -> new ArrayList<>()).addAll(numbers);
        }
        assertThat(actual).isEqualTo(expected);
        assertThat(coalesced.sum())
                .isEqualTo(expected.values().stream().mapToLong(List::size).sum());
    }

    @Example
    void optionsOutOfBoundsAreRefused() {
        assertThat(Arrays.asList(-1, 1_000_001))
                .allSatisfy(rate -> assertThat(refusal(rate, 1, 1, 1)).contains("rate: expected 0 to 1000000"));
        assertThat(refusal(1, 0, 1, 1)).contains("burst: expected 1 to 10000000");
        assertThat(refusal(1, 1, 0, 1)).contains("period: expected");
        assertThat(refusal(1, 1, 1, 0)).contains("sources: expected 1 to 1000000");
    }

    private static String refusal(int rate, int burst, int millis, int sources) {
        try {
            return new FloodOptions(rate, burst, Duration.ofMillis(millis), sources).toString();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
