package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.util.List;
import java.util.Optional;

/** What is no TLS, or breaks its record layer, whatever the engine said of it. */
final class BrokenRecords {
    private BrokenRecords() {}

    /** The client speaks something else. */
    static Optional<Fault> foreign(Evidence evidence) {
        ReceivedBytes received = evidence.received();
        if (received.isTls() || tooFewToJudge(evidence)) {
            return Optional.empty();
        }
        return Optional.of(otherVersion(received.first()).orElseGet(() -> ForeignSpeech.fault(received.first())));
    }

    /** With less than a record's header, the server has not judged yet: that the client fell silent is the cause. */
    private static boolean tooFewToJudge(Evidence evidence) {
        return evidence.ending() == Ending.TIMED_OUT && evidence.received().count() < TlsRecord.HEADER;
    }

    /** A handshake record of a version that no TLS ever had, which holds a ClientHello all the same. */
    private static Optional<Fault> otherVersion(byte[] first) {
        boolean hello = first.length > TlsRecord.HEADER
                && first[0] == TlsRecord.HANDSHAKE
                && (first[TlsRecord.HEADER] == HandshakeType.CLIENT_HELLO || first[1] == (byte) 0xFE);
        return hello
                ? Optional.of(Fault.of(
                        Reason.UNSUPPORTED_PROTOCOL,
                        "unsupported record version " + (first[1] & 0xFF) + "." + (first[2] & 0xFF)
                                + (first[1] == (byte) 0xFE ? ", which is DTLS" : "")))
                : Optional.empty();
    }

    static Optional<Fault> fault(Evidence evidence) {
        List<TlsRecord> records = evidence.received().records();
        if (records.isEmpty()) {
            return Optional.empty();
        }
        return records.stream()
                .filter(record -> isOversized(record, evidence))
                .findFirst()
                .map(record -> Fault.of(
                        Reason.RECORD_OVERFLOW,
                        "a record of " + record.length() + " bytes exceeds the greatest length"))
                .or(() -> beginning(records.get(0), evidence));
    }

    /** Whether after good records comes what is none. */
    static Optional<Fault> stray(Evidence evidence) {
        List<TlsRecord> records = evidence.received().records();
        if (records.isEmpty()) {
            return Optional.empty();
        }
        if (evidence.engineJudged() && records.stream().anyMatch(record -> record.type() == TlsRecord.HEARTBEAT)) {
            return unexpected("unexpected record: a heartbeat, which nobody asked for");
        }
        TlsRecord last = records.get(records.size() - 1);
        int rest = evidence.received().first().length - last.from() - last.length();
        return rest < TlsRecord.HEADER
                ? Optional.empty()
                : unexpected("unexpected record: after " + records.size() + " of TLS come bytes that are none");
    }

    /** The first record is in clear, others may be protected and somewhat longer. */
    private static boolean isOversized(TlsRecord record, Evidence evidence) {
        boolean first = record.from() == TlsRecord.HEADER;
        return record.length() > TlsRecord.MAX_LENGTH
                || (first && record.length() > TlsRecord.MAX_PLAINTEXT && evidence.engineJudged());
    }

    private static Optional<Fault> beginning(TlsRecord record, Evidence evidence) {
        if (record.type() != TlsRecord.HANDSHAKE) {
            return unexpected("unexpected record at the start: " + type(record.type()) + " before any ClientHello");
        }
        if (record.length() == 0) {
            return evidence.hello().isEmpty()
                    ? unexpected("unexpected record at the start: a handshake record of no length")
                    : Optional.empty();
        }
        int message = record.available() == 0
                ? HandshakeType.CLIENT_HELLO
                : evidence.received().first()[record.from()] & 0xFF;
        return message == HandshakeType.CLIENT_HELLO
                ? Optional.empty()
                : unexpected(
                        "unexpected message at the start: " + HandshakeType.of(message) + " instead of a ClientHello");
    }

    private static Optional<Fault> unexpected(String message) {
        return Optional.of(Fault.of(Reason.UNEXPECTED_MESSAGE, message));
    }

    private static String type(int type) {
        return switch (type) {
            case TlsRecord.CHANGE_CIPHER_SPEC -> "ChangeCipherSpec";
            case TlsRecord.ALERT -> "a broken alert";
            case TlsRecord.APPLICATION_DATA -> "application data";
            default -> "a heartbeat";
        };
    }
}
