package io.certrail.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who hears what, and that nobody can keep the hook from its work. */
class SubscriptionsTest {
    private static final int MOST = 10;

    private final Subscriptions subscriptions =
            new Subscriptions(new HookOptions(Duration.ofSeconds(10), MOST, 1 << 20));

    private void publish(String name, int from, int to) {
        for (int i = from; i < to; i++) {
            subscriptions.publish(Fact.of(name, i).build());
        }
    }

    private static List<Object> connections(List<Map<String, Object>> facts) {
        return facts.stream().map(fact -> fact.get("connection")).toList();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("certrail-hook"))
                .count();
    }

    @Test
    void factsFromBeforeAreKeptForTheFirst() throws Exception {
        publish("accepted", 0, 3);
        Hearer first = Hearer.ofAll();
        Hearer second = Hearer.ofAll();
        subscriptions.subscribe(first);
        subscriptions.subscribe(second);
        publish("accepted", 3, 4);
        assertThat(connections(first.await("accepted", 4))).containsExactly(0L, 1L, 2L, 3L);
        assertThat(connections(second.await("accepted", 1))).containsExactly(3L);
        first.subscription().cancel();
        second.subscription().cancel();
    }

    @Test
    void whatIsDroppedIsCountedAndToldFirst() throws Exception {
        publish("accepted", 0, MOST);
        Instant before = Instant.now();
        publish("handshake", 0, 5);
        publish("accepted", 20, 22);
        Hearer hearer = Hearer.ofAll();
        subscriptions.subscribe(hearer);
        Map<String, Object> gap = hearer.await("gap", 1).get(0);
        publish("accepted", 30, 31);
        hearer.await("accepted", MOST + 1);
        assertThat(gap).containsEntry("count", 7L).containsEntry("handshakes", 5L);
        assertThat((Instant) gap.get("from")).isBetween(before, Instant.now());
        assertThat((Instant) gap.get("to")).isAfterOrEqualTo((Instant) gap.get("from"));
        assertThat((String) gap.get("cause")).contains("nobody subscribed");
        assertThat(hearer.facts().get(MOST)).isEqualTo(gap);
        assertThat(hearer.facts("gap")).hasSize(1);
        hearer.subscription().cancel();
    }

    @Test
    void bytesAreBoundedToo() throws Exception {
        Subscriptions small = new Subscriptions(new HookOptions(Duration.ZERO, 1000, 10_000));
        for (int i = 0; i < 10; i++) {
            small.publish(Fact.of("handshake", i).put("first", new byte[4000]).build());
        }
        Hearer hearer = Hearer.ofAll();
        small.subscribe(hearer);
        assertThat(hearer.await("gap", 1).get(0)).containsEntry("count", 8L);
        for (int i = 0; i < 2; i++) {
            small.publish(Fact.of("handshake", i).put("first", new byte[4000]).build());
            hearer.await("handshake", 3 + i);
        }
        hearer.subscription().cancel();
    }

    /** One that cannot be taken in. */
    private static Map<String, Object> tooMuch(String name, Error failure) {
        Map<String, Object> members = Map.of("fact", name, "time", Instant.now());
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw failure;
            }

            @Override
            public Object get(Object key) {
                return members.get(key);
            }
        };
    }

    private static long lost(Hearer hearer, String what) {
        return hearer.facts("gap").stream()
                .mapToLong(gap -> (Long) gap.get(what))
                .sum();
    }

    @Test
    void whatThereIsNoMemoryForIsCountedAsLostByEachThatWouldHear() throws Exception {
        Hearer first = Hearer.ofAll();
        Hearer second = Hearer.ofAll();
        subscriptions.subscribe(first);
        subscriptions.subscribe(second);
        OutOfMemoryError scarce = new OutOfMemoryError("for a test");
        subscriptions.publish(tooMuch("accepted", scarce));
        subscriptions.publish(tooMuch("handshake", scarce));
        publish("accepted", 1, 2);
        for (Hearer hearer : List.of(first, second)) {
            hearer.await("accepted", 1);
            assertThat(lost(hearer, "count")).isEqualTo(2);
            assertThat(lost(hearer, "handshakes")).isEqualTo(1);
            assertThat((String) hearer.facts("gap").get(0).get("cause")).contains("failed");
            assertThat(hearer.await("fault", 1).get(0)).containsEntry("cause", scarce);
            hearer.subscription().cancel();
        }
    }

    @Test
    void subscriberHearsOnAfterThereWasNoMemoryToTellIt() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        FactQueue scarce = new FactQueue(HookOptions.DEFAULT) {
            @Override
            synchronized Map<String, Object> poll() {
                if (failures.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("for a test");
                }
                return super.poll();
            }
        };
        Hearer hearer = Hearer.ofAll();
        new HookSubscription(hearer, true, scarce, subscriptions).start(Thread::new);
        scarce.offer(Fact.of("accepted", 1).build());
        assertThat(connections(hearer.await("accepted", 1))).containsExactly(1L);
        assertThat(hearer.await("fault", 1).get(0)).containsEntry("count", 2L);
        hearer.subscription().cancel();
    }

    /** Certificates that nobody else has. */
    private static X509Certificate[] chain() {
        return Stream.generate(
                        () -> EngineSite.root().issue("CN=one of many").build().certificate())
                .limit(3)
                .toArray(X509Certificate[]::new);
    }

    @Test
    void certificatesCountWithTheMemoryThatTheyTake() throws Exception {
        X509Certificate[] anchors = chain();
        long each = 3 * 4L * anchors[0].getEncoded().length;
        Subscriptions small = new Subscriptions(new HookOptions(Duration.ZERO, 1000, 3 * each));
        for (int i = 0; i < 10; i++) {
            small.publish(Fact.of("handshake", i)
                    .put("presented", chain())
                    .put("trustAnchors", anchors)
                    .build());
        }
        Hearer hearer = Hearer.ofAll();
        small.subscribe(hearer);
        assertThat(hearer.await("gap", 1).get(0)).containsEntry("count", 8L);
        for (int i = 0; i < 2; i++) {
            small.publish(Fact.of("handshake", i).put("presented", chain()).build());
            hearer.await("handshake", 3 + i);
        }
        hearer.subscription().cancel();
    }

    @Test
    void certificatesThatManyHaveCountOnceAsLongAsOneOfThemWaits() throws Exception {
        X509Certificate[] shared = chain();
        long each = 3 * 4L * shared[0].getEncoded().length;
        FactQueue queue = new FactQueue(new HookOptions(Duration.ZERO, 1000, 3 * each));
        for (int i = 0; i < 4; i++) {
            queue.offer(Fact.of("handshake", i).put("presented", shared.clone()).build());
        }
        for (int i = 0; i < 3; i++) {
            assertThat(queue.poll()).containsEntry("connection", (long) i);
        }
        queue.offer(Fact.of("handshake", 4).put("presented", chain()).build());
        queue.offer(Fact.of("handshake", 5).put("presented", chain()).build());
        assertThat(queue.poll()).containsEntry("connection", 3L);
        queue.offer(Fact.of("handshake", 6).put("presented", chain()).build());
        assertThat(queue.poll()).containsEntry("connection", 4L);
        assertThat(queue.poll()).containsEntry("fact", "gap").containsEntry("count", 1L);
        assertThat(queue.poll()).containsEntry("connection", 6L);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void redeploymentOfAServerWhoseClientsHaveOneChainLosesNothing() {
        X509Certificate[] shared = chain();
        FactQueue queue = new FactQueue(HookOptions.DEFAULT);
        for (int i = 0; i < 2600; i++) {
            queue.offer(Fact.of("accepted", i).build());
            queue.offer(Fact.of("handshake", i)
                    .put("first", new byte[600])
                    .put("presented", shared.clone())
                    .build());
            queue.offer(Fact.of("closed", i).build());
        }
        for (int i = 0; i < 3 * 2600; i++) {
            assertThat(queue.poll()).containsEntry("connection", i / 3L);
        }
        assertThat(queue.poll()).isNull();
    }

    @Test
    void subscriberThatNeverAsksLosesNothingButItsOwn() throws Exception {
        Hearer lazy = new Hearer(0);
        Hearer keen = Hearer.ofAll();
        subscriptions.subscribe(lazy);
        subscriptions.subscribe(keen);
        for (int i = 0; i < 3 * MOST; i++) {
            publish("accepted", i, i + 1);
            keen.await("accepted", i + 1);
        }
        assertThat(keen.facts("gap")).isEmpty();
        assertThat(lazy.facts()).isEmpty();
        lazy.subscription().request(MOST + 1);
        assertThat(lazy.await("gap", 1).get(0)).containsEntry("count", 2L * MOST);
        assertThat((String) lazy.facts("gap").get(0).get("cause")).contains("slow");
        lazy.subscription().cancel();
        keen.subscription().cancel();
    }

    @Test
    void noMoreIsToldThanWasAskedFor() throws Exception {
        Hearer hearer = new Hearer(2);
        subscriptions.subscribe(hearer);
        publish("accepted", 0, 5);
        hearer.await("accepted", 2);
        Thread.sleep(100);
        assertThat(hearer.facts()).hasSize(2);
        hearer.subscription().request(1);
        hearer.await("accepted", 3);
        hearer.subscription().cancel();
    }

    @Test
    void subscriberThatBlocksHoldsNobodyUp() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        Hearer stuck = Hearer.ofAll().reacting(fact -> {
            try {
                open.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        subscriptions.subscribe(stuck);
        publish("accepted", 0, 1);
        stuck.await("accepted", 1);
        long begun = System.nanoTime();
        publish("accepted", 1, 10_000);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        open.countDown();
        assertThat(stuck.await("gap", 1).get(0)).containsEntry("count", 10_000L - 1 - MOST);
        stuck.subscription().cancel();
    }

    @Test
    void subscriberThatThrowsIsTakenOutAndTheNextGoesOn() throws Exception {
        Hearer bad = Hearer.ofAll().reacting(fact -> {
            throw new IllegalStateException("hostile");
        });
        subscriptions.subscribe(bad);
        publish("accepted", 0, 3);
        bad.await("accepted", 1);
        awaitThreads(0);
        Hearer next = Hearer.ofAll();
        subscriptions.subscribe(next);
        assertThat(connections(next.await("accepted", 2))).containsExactly(1L, 2L);
        assertThat(next.await("fault", 1).get(0)).containsEntry("count", 1L);
        next.subscription().cancel();
    }

    @Test
    void redeploymentHearsEverythingOnce() throws Exception {
        Subscriptions large = new Subscriptions(HookOptions.DEFAULT);
        List<Object> heard = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            Hearer hearer = Hearer.ofAll();
            large.subscribe(hearer);
            large.publish(Fact.of("accepted", 2 * round).build());
            if (round % 2 == 0) {
                hearer.await("accepted", 1);
            }
            hearer.subscription().cancel();
            large.publish(Fact.of("accepted", 2 * round + 1).build());
            awaitThreads(0);
            heard.addAll(connections(hearer.facts("accepted")));
        }
        Hearer last = Hearer.ofAll();
        large.subscribe(last);
        last.await("accepted", 40 - heard.size());
        heard.addAll(connections(last.facts("accepted")));
        assertThat(heard).hasSize(40).doesNotHaveDuplicates();
        last.subscription().cancel();
        awaitThreads(0);
    }

    private static void awaitThreads(long count) throws InterruptedException {
        for (int i = 0; i < 500 && threads() != count; i++) {
            Thread.sleep(10);
        }
        assertThat(threads()).isEqualTo(count);
    }

    @Test
    void oneForWhomThereIsNoThreadIsRefusedAndTheNextHearsWhatWasKept() throws Exception {
        OutOfMemoryError scarce = new OutOfMemoryError("unable to create native thread");
        AtomicInteger failures = new AtomicInteger(2);
        Subscriptions few = new Subscriptions(new HookOptions(Duration.ZERO, MOST, 1 << 20), task -> {
            if (failures.getAndDecrement() > 0) {
                throw scarce;
            }
            return HookThread.named("certrail-hook", task);
        });
        few.publish(Fact.of("accepted", 1).build());
        for (int i = 0; i < 2; i++) {
            Hearer refused = Hearer.ofAll();
            few.subscribe(refused);
            assertThat(refused.error()).hasMessageContaining("native thread").hasRootCause(scarce);
            assertThat(few.answersWanted()).isFalse();
        }
        few.publish(Fact.of("accepted", 2).build());
        Hearer hearer = Hearer.ofAll();
        few.subscribe(hearer);
        few.publish(Fact.of("accepted", 3).build());
        assertThat(connections(hearer.await("accepted", 3))).containsExactly(1L, 2L, 3L);
        assertThat(hearer.facts("gap")).isEmpty();
        hearer.subscription().cancel();
    }

    @Test
    void oneTooManyIsRefused() throws Exception {
        List<Hearer> hearers = new ArrayList<>();
        for (int i = 0; i < Subscriptions.MOST; i++) {
            Hearer hearer = Hearer.ofAll();
            subscriptions.subscribe(hearer);
            hearers.add(hearer);
        }
        Hearer refused = Hearer.ofAll();
        subscriptions.subscribe(refused);
        assertThat(refused.error()).isInstanceOf(IllegalStateException.class);
        for (Hearer hearer : hearers) {
            hearer.subscription().cancel();
        }
    }

    @Test
    void askingForNothingIsAnError() throws Exception {
        Hearer hearer = new Hearer(0);
        subscriptions.subscribe(hearer);
        hearer.subscription().request(0);
        assertThat(hearer.error()).isInstanceOf(IllegalArgumentException.class);
        publish("accepted", 0, 1);
        awaitThreads(0);
        assertThat(hearer.facts()).isEmpty();
    }

    @Test
    void answersAreNotKeptForNobody() throws Exception {
        publish("answered", 0, 3);
        publish("accepted", 3, 4);
        Hearer hearer = Hearer.ofAll();
        subscriptions.subscribe(hearer);
        hearer.await("accepted", 1);
        assertThat(hearer.facts("answered")).isEmpty();
        publish("answered", 4, 5);
        hearer.await("answered", 1);
        hearer.subscription().cancel();
    }

    /** Wants all but answers. */
    private static final class Incurious extends Hearer implements Predicate<String> {
        Incurious() {
            super(Long.MAX_VALUE);
        }

        @Override
        public boolean test(String name) {
            return !name.equals("answered");
        }
    }

    @Test
    void answersAreSoughtOnlyWhileSomebodyWantsThem() throws Exception {
        assertThat(subscriptions.answersWanted()).isFalse();
        Hearer incurious = new Incurious();
        subscriptions.subscribe(incurious);
        assertThat(subscriptions.answersWanted()).isFalse();
        Hearer curious = Hearer.ofAll();
        subscriptions.subscribe(curious);
        assertThat(subscriptions.answersWanted()).isTrue();

        publish("answered", 0, 1);
        publish("accepted", 1, 2);
        curious.await("answered", 1);
        incurious.await("accepted", 1);
        assertThat(incurious.facts("answered")).isEmpty();

        curious.subscription().cancel();
        assertThat(subscriptions.answersWanted()).isFalse();
        incurious.subscription().cancel();
    }

    @Test
    void faultsAreToldAsOne() throws Exception {
        for (int i = 0; i < 1000; i++) {
            subscriptions.fault(new IllegalStateException("number " + i));
        }
        Hearer hearer = Hearer.ofAll();
        subscriptions.subscribe(hearer);
        Map<String, Object> fault = hearer.await("fault", 1).get(0);
        assertThat(fault).containsEntry("count", 1000L);
        assertThat(((Throwable) fault.get("cause")).getMessage()).isEqualTo("number 999");
        hearer.subscription().cancel();
    }
}
