package io.certrail.event;

import io.certrail.event.ConnectionFacts.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.domains.DomainContextBase;

/** Events of all variants, with any text that a network or an application can bring, and any member left out. */
public final class HostileEvents extends DomainContextBase {
    /** What breaks loggers: line ends, quotes, terminal escapes, bidi, separators, half and whole surrogate pairs. */
    private static final String HOSTILE = "\r\n\t\"\\/\u0000\u001b\u007f\u0080\u0085\u009f\u00a0\u00ad\u0100\u0378"
            + "\u200b\u200e\u202e\u2028\u2029\u2066\ufeff\ufffd\uffff\ue000\ud800\udfff\ud83d\ude00{}[],:";

    static Arbitrary<String> texts() {
        StringArbitrary plain = Arbitraries.strings().withCharRange(' ', '~');
        StringArbitrary any = Arbitraries.strings().all();
        StringArbitrary hostile =
                Arbitraries.strings().withChars(HOSTILE.toCharArray()).withCharRange('a', 'f');
        Arbitrary<String> beyond = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .list()
                .ofMaxSize(20)
                .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
        StringArbitrary longer = plain.ofMinLength(1000).ofMaxLength(3000);
        return Arbitraries.frequencyOf(
                Tuple.of(4, plain.ofMaxLength(40)),
                Tuple.of(4, hostile.ofMaxLength(40)),
                Tuple.of(3, any.ofMaxLength(40)),
                Tuple.of(3, beyond),
                Tuple.of(1, longer));
    }

    private static Arbitrary<String> perhaps() {
        return texts().injectNull(0.3);
    }

    private static Arbitrary<List<String>> lists() {
        return texts().list().ofMaxSize(4);
    }

    private static Arbitrary<List<NamedValue>> named() {
        return texts().list().ofMaxSize(4).map(texts -> IntStream.range(0, texts.size())
                .mapToObj(i -> new NamedValue(i + texts.get(i), texts.get(texts.size() - 1 - i)))
                .toList());
    }

    private static Arbitrary<Instant> times() {
        Arbitrary<Long> near = Arbitraries.longs().between(0, 4_102_444_800L);
        Arbitrary<Long> far = Arbitraries.longs().between(-70_000_000_000L, 300_000_000_000L);
        return Combinators.combine(
                        Arbitraries.oneOf(near, far), Arbitraries.integers().between(0, 999_999_999))
                .as((second, nano) -> Instant.ofEpochSecond(second, nano));
    }

    private static Arbitrary<Long> numbers() {
        return Arbitraries.longs().greaterOrEqual(-1);
    }

    private static Arbitrary<Fault> faults() {
        return Combinators.combine(texts(), perhaps()).as(Fault::new).injectNull(0.5);
    }

    private static Arbitrary<Outcome> outcomes() {
        return Arbitraries.of(Outcome.class);
    }

    private static Arbitrary<CertificateFacts> certificates() {
        return Combinators.combine(texts(), texts(), texts(), times(), times(), lists(), perhaps(), numbers())
                .as((subject, issuer, serial, from, to, names, key, count) -> new CertificateFacts(
                        subject,
                        issuer,
                        serial,
                        serial + "0",
                        from,
                        to,
                        names,
                        (int) (count % 100),
                        key,
                        names,
                        count % 2 == 0));
    }

    private static Arbitrary<OfferedTls> offers() {
        return Combinators.combine(lists(), Arbitraries.integers().between(-1, 300), lists())
                .as((names, ciphers, others) -> new OfferedTls(names, ciphers, others, names));
    }

    private static Arbitrary<TlsFacts> tls() {
        return Combinators.combine(
                        perhaps(),
                        perhaps(),
                        Arbitraries.of(true, false).injectNull(0.3),
                        perhaps(),
                        offers().injectNull(0.5),
                        certificates().injectNull(0.3))
                .as((version, cipher, resumed, alert, offered, client) ->
                        new TlsFacts(version, cipher, alert, resumed, client != null, alert, null, offered, client));
    }

    private static Arbitrary<ConnectionFacts> connections() {
        Arbitrary<Endpoint> ends = Combinators.combine(
                        perhaps(), Arbitraries.integers().between(-1, 65_535))
                .as(Endpoint::new);
        return Combinators.combine(perhaps(), ends, ends, perhaps(), tls().injectNull(0.2))
                .as(ConnectionFacts::new);
    }

    private static Arbitrary<RequestFacts> requests() {
        Arbitrary<String> traces = texts().injectNull(0.7);
        return Combinators.combine(texts(), perhaps(), perhaps(), perhaps(), perhaps(), traces)
                .as((id, method, path, version, agent, trace) -> new RequestFacts(
                        id, "server", method, path, version, agent, trace == null ? null : "0af7", trace));
    }

    private static Arbitrary<RequestLink> links() {
        return Combinators.combine(
                        texts(), perhaps(), lists(), perhaps(), connections().injectNull(0.3))
                .as((id, user, roles, trace, connection) -> new RequestLink(id, user, roles, trace, trace, connection));
    }

    @Provide
    Arbitrary<RequestEvent> requestEvents() {
        return Combinators.combine(
                        times(),
                        outcomes(),
                        numbers(),
                        faults(),
                        connections().injectNull(0.2),
                        requests(),
                        perhaps(),
                        lists())
                .as((time, outcome, number, fault, connection, request, text, roles) -> new RequestEvent(
                        number % 2 == 0 ? RequestEvent.ENDED : RequestEvent.RECEIVED,
                        time,
                        outcome,
                        number,
                        fault,
                        connection,
                        request,
                        text,
                        (int) (number % 600),
                        number - 1,
                        number,
                        text,
                        roles,
                        fault == null ? null : RefusedBy.APPLICATION));
    }

    private static Arbitrary<AuditEvent> handshakes() {
        return Combinators.combine(times(), outcomes(), numbers(), faults(), connections())
                .as(HandshakeEvent::new);
    }

    private static Arbitrary<AuditEvent> invocations() {
        return Combinators.combine(
                        times(), outcomes(), numbers(), faults(), texts(), perhaps(), named(), links().injectNull(0.3))
                .as((time, outcome, number, fault, function, action, arguments, link) ->
                        new InvocationEvent(time, outcome, number, fault, function, action, function, arguments, link));
    }

    private static Arbitrary<AuditEvent> readings() {
        return Combinators.combine(times(), texts(), texts(), named(), links())
                .as((time, function, resource, asked, link) -> new ReadingEvent(
                        time,
                        function,
                        resource,
                        asked.stream().collect(Collectors.toMap(NamedValue::name, NamedValue::value)),
                        link));
    }

    private static Arbitrary<AuditEvent> posted() {
        return Combinators.combine(times(), outcomes(), texts(), perhaps(), times().injectNull(0.3), named(), links())
                .as((time, outcome, action, text, when, attributes, link) -> new PostedEvent(
                        time, new PostedEvent.Posted(action, text, outcome, text, when, attributes), link));
    }

    private static Arbitrary<AuditEvent> trails() {
        return Combinators.combine(texts(), times(), outcomes(), faults(), named())
                .as(TrailEvent::new);
    }

    private static Arbitrary<AuditEvent> floods() {
        return Combinators.combine(
                        times(), texts(), texts(), Arbitraries.longs().greaterOrEqual(1), lists(), named())
                .as((time, source, reason, count, connections, sample) -> new FloodEvent(
                        time, new FloodEvent.Kind(source, "e", reason), count, time, time, connections, sample));
    }

    @Provide
    Arbitrary<AuditEvent> events() {
        return Arbitraries.oneOf(
                handshakes(),
                requestEvents().map(event -> event),
                invocations(),
                readings(),
                posted(),
                floods(),
                trails());
    }
}
