package io.certrail.scan.probe;

import static io.certrail.scan.probe.Credentials.Kind.GOOD;
import static io.certrail.scan.probe.Credentials.Kind.UNPRIVILEGED;

import io.certrail.event.Reason;
import io.certrail.scan.finding.Signal;
import io.certrail.scan.probe.Probe.Action;
import io.certrail.scan.probe.Probe.Trait;
import io.certrail.scan.probe.ProbeCatalog.Collector;
import io.certrail.scan.probe.ProbeCatalog.Draft;
import java.util.Optional;
import java.util.function.Function;

/** Requests of a good client that a server should refuse, or record without being harmed. None changes anything. */
final class RequestProbes {
    private static final int OVERSIZED = 60_000;

    private final Collector collector;
    private final Target.Paths paths;

    RequestProbes(Collector collector, Target.Paths paths) {
        this.collector = collector;
        this.paths = paths;
    }

    void add() {
        refused();
        unreadable();
        hostile();
        secret();
        brokenOff();
    }

    private void refused() {
        forbidden();
        good(
                draft("not-found", "a request for what is not there", Signal.INPUT, Expected.either()),
                attempt -> Request.get(attempt, "/certrail-scan-" + attempt.nonce())
                        .build());
        good(
                draft("method-unknown", "a request with an invented method", Signal.INPUT, Expected.either()),
                attempt -> Request.of(attempt, "CERTRAILSCAN", paths.allowed()).build());
        where(
                paths.jsonPath(),
                "--json PATH",
                draft("malformed-json", "broken JSON", Signal.INPUT, Expected.either(Reason.MALFORMED_JSON)),
                path -> attempt ->
                        Request.of(attempt, "POST", path).json("{\"broken\": [").build());
        where(
                paths.failingPath(),
                "--failing PATH",
                draft("server-error", "a request that makes the server fail", Signal.AVAILABILITY, Expected.either()),
                path -> attempt -> Request.get(attempt, path).build());
    }

    private void forbidden() {
        Draft draft = draft(
                "forbidden", "a request for what the client may not have", Signal.AUTHORIZATION, Expected.either());
        Optional<String> path = paths.forbiddenPath();
        if (path.isEmpty()) {
            collector.not(draft, "name such a resource with --forbidden PATH");
            return;
        }
        collector.with(
                UNPRIVILEGED,
                draft,
                credential -> ask(
                        credential, attempt -> Request.get(attempt, path.get()).build()));
    }

    private void unreadable() {
        var line = new Draft(
                "malformed-request-line",
                "a request line that is none",
                Signal.INPUT,
                Expected.either(Reason.BAD_REQUEST_LINE));
        good(line, attempt -> Request.raw("this is no request\r\n\r\n"));
        var header = new Draft(
                "oversized-header",
                "a header of " + OVERSIZED / 1000 + " kB",
                Signal.INPUT,
                Expected.either(Reason.HEADER_TOO_LARGE));
        good(header, attempt -> Request.get(attempt, paths.allowed())
                .header("X-Oversized", "o".repeat(OVERSIZED))
                .build());
    }

    private void hostile() {
        good(
                draft("hostile-request-id", "a request id that closes a JSON string", Signal.INPUT, Expected.either())
                        .is(Trait.HOSTILE),
                attempt -> Request.get(attempt, paths.allowed())
                        .hostileId(Hostile.value(attempt.nonce()))
                        .build());
        good(
                draft("hostile-agent", "an agent that closes a JSON string", Signal.INPUT, Expected.either())
                        .is(Trait.HOSTILE),
                attempt -> Request.get(attempt, paths.allowed())
                        .agent(Hostile.value(attempt.nonce()))
                        .build());
        good(
                draft("hostile-path", "a path with line breaks and a record", Signal.INPUT, Expected.either())
                        .is(Trait.HOSTILE),
                attempt -> Request.get(attempt, Hostile.path(attempt.nonce())).build());
    }

    private void secret() {
        good(
                draft(
                                "secrets",
                                "a request with secrets in query, cookie and authorization",
                                Signal.DATA_EXPOSURE,
                                Expected.either())
                        .is(Trait.SECRET),
                attempt -> {
                    String query = "Query" + Collector.nonce();
                    String cookie = "Cookie" + Collector.nonce();
                    String bearer = "Bearer" + Collector.nonce();
                    return Request.get(attempt, paths.allowed() + "?access_token=" + query)
                            .header("Cookie", "session=" + cookie)
                            .header("Authorization", "Bearer " + bearer)
                            .secret("the query", query)
                            .secret("the cookie", cookie)
                            .secret("the Authorization header", bearer)
                            .build();
                });
    }

    private void brokenOff() {
        var stalled = new Draft(
                        "request-stalled",
                        "a client that stalls within its request's head",
                        Signal.AVAILABILITY,
                        Expected.either(Reason.REQUEST_TIMEOUT))
                .is(Trait.STALLS);
        collector.with(GOOD, stalled, credential -> attempt -> {
            attempt.handshake(credential);
            attempt.send(half(attempt));
            attempt.stall();
        });
        var aborted = new Draft(
                "request-aborted",
                "a client that closes within its request's head",
                Signal.AVAILABILITY,
                Expected.either(Reason.CLIENT_ABORTED));
        collector.with(GOOD, aborted, credential -> attempt -> {
            attempt.handshake(credential);
            attempt.send(half(attempt));
        });
    }

    private String half(Attempt attempt) {
        String text = Request.get(attempt, paths.allowed()).build().text();
        return text.substring(0, text.length() - "\r\n".length());
    }

    private void where(
            Optional<String> path, String option, Draft draft, Function<String, Function<Attempt, Request>> request) {
        if (path.isEmpty()) {
            collector.not(draft, "name such a resource with " + option);
        } else {
            good(draft, request.apply(path.get()));
        }
    }

    private void good(Draft draft, Function<Attempt, Request> request) {
        collector.with(GOOD, draft, credential -> ask(credential, request));
    }

    private static Action ask(Credential credential, Function<Attempt, Request> request) {
        return attempt -> {
            attempt.handshake(credential);
            attempt.request(request.apply(attempt));
        };
    }

    private static Draft draft(String id, String title, Signal signal, Expected expected) {
        return new Draft(id, title, signal, expected).is(Trait.REQUEST);
    }
}
