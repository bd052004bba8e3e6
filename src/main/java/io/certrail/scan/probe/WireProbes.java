package io.certrail.scan.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.certrail.event.Reason;
import io.certrail.scan.finding.Signal;
import io.certrail.scan.probe.Probe.Trait;
import io.certrail.scan.probe.ProbeCatalog.Collector;
import io.certrail.scan.probe.ProbeCatalog.Draft;

/** Connections that never come to a certificate: old, foreign, broken off, silent. They need no key. */
final class WireProbes {
    private WireProbes() {}

    static void add(Collector collector) {
        negotiation(collector);
        foreign(collector);
        brokenOff(collector);
        silent(collector);
    }

    private static void negotiation(Collector collector) {
        collector.add(
                new Draft(
                        "protocol-too-old",
                        "a client that offers TLS 1.1 at most",
                        Signal.AUTHENTICATION,
                        Expected.refused(Reason.UNSUPPORTED_PROTOCOL)),
                attempt -> say(attempt, HandmadeHello.old()));
        collector.add(
                new Draft(
                        "cipher-too-weak",
                        "a client that offers only RC4 and no encryption",
                        Signal.AUTHENTICATION,
                        Expected.refused(Reason.NO_SHARED_CIPHER)),
                attempt -> say(attempt, HandmadeHello.weak()));
    }

    private static void foreign(Collector collector) {
        collector.add(
                new Draft("plain-http", "HTTP without TLS", Signal.INPUT, Expected.either(Reason.NOT_TLS_HTTP)),
                attempt -> {
                    attempt.connect();
                    attempt.request(Request.get(attempt, "/").build());
                });
        collector.add(
                new Draft(
                                "garbage",
                                "bytes that are no TLS, with a line to forge a record",
                                Signal.INPUT,
                                Expected.refused(Reason.NOT_TLS_GARBAGE))
                        .is(Trait.HOSTILE),
                attempt -> say(attempt, Hostile.line(attempt.nonce()).getBytes(US_ASCII)));
    }

    private static void brokenOff(Collector collector) {
        collector.add(
                new Draft(
                        "handshake-aborted",
                        "a client that closes within its hello",
                        Signal.AVAILABILITY,
                        Expected.either(Reason.CLIENT_ABORTED)),
                attempt -> {
                    attempt.connect();
                    attempt.send(HandmadeHello.half());
                });
        collector.add(
                new Draft(
                        "handshake-reset",
                        "a client that resets the connection within its hello",
                        Signal.AVAILABILITY,
                        Expected.either(Reason.CLIENT_RESET)),
                attempt -> {
                    attempt.connect();
                    attempt.send(HandmadeHello.half());
                    attempt.reset();
                });
    }

    private static void silent(Collector collector) {
        collector.add(
                new Draft(
                                "connection-silent",
                                "a client that connects and says nothing",
                                Signal.AVAILABILITY,
                                Expected.either(Reason.NO_DATA, Reason.HANDSHAKE_TIMEOUT))
                        .is(Trait.STALLS),
                attempt -> {
                    attempt.connect();
                    attempt.stall();
                });
        collector.add(
                new Draft(
                                "handshake-stalled",
                                "a client that stalls within its hello",
                                Signal.AVAILABILITY,
                                Expected.either(Reason.HANDSHAKE_TIMEOUT))
                        .is(Trait.STALLS),
                attempt -> {
                    attempt.connect();
                    attempt.send(HandmadeHello.half());
                    attempt.stall();
                });
    }

    private static void say(Attempt attempt, byte[] bytes) throws java.io.IOException {
        attempt.connect();
        attempt.send(bytes);
        attempt.receive();
    }
}
