package io.certrail.tls;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a client sent, as far as it is known, taken apart.
 *
 * @param first the first bytes
 * @param count how many came in all
 * @param records the records that they hold
 * @param hello the hello that they begin with
 * @param last the last bytes
 */
@SuppressWarnings("ArrayRecordComponent")
record ReceivedBytes(byte[] first, long count, List<TlsRecord> records, Optional<ClientHello> hello, byte[] last) {
    private static final int ALERT_LENGTH = 2;

    static ReceivedBytes of(HandshakeFacts facts) {
        byte[] first = facts.firstReceived();
        return new ReceivedBytes(
                first, facts.receivedBytes(), TlsRecord.all(first), ClientHello.parse(first), facts.lastReceived());
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether the bytes can be the beginning of TLS. */
    boolean isTls() {
        return first.length == 0
                || hello.isPresent()
                || (TlsRecord.isType(first[0]) && (first.length < 2 || first[1] == 3));
    }

    boolean hasWholeHello() {
        return hello.isPresent() && hello.get().complete();
    }

    /**
     * The alert in clear that the client sent, the most telling one: {@code user_canceled} before the
     * {@code close_notify} that has to follow it (RFC 8446 section 6.1).
     */
    OptionalInt alert() {
        List<Integer> alerts =
                Stream.concat(alertsAmongRecords(), alertsAtEnd()).toList();
        return alerts.stream()
                .filter(code -> code != AlertName.CLOSE_NOTIFY)
                .findFirst()
                .or(() -> alerts.stream().findFirst())
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /** Whether the first record is that of a hello, and too short for it: another one holds the rest. */
    boolean isHelloSplit() {
        if (records.isEmpty()
                || records.get(0).type() != TlsRecord.HANDSHAKE
                || !records.get(0).whole()) {
            return false;
        }
        List<ClearMessage> begun = ClearMessage.all(first, records.subList(0, 1));
        return begun.size() == 1
                && begun.get(0).type() == HandshakeType.CLIENT_HELLO
                && !begun.get(0).whole();
    }

    /** Whether more came than the hello, however many records that took. */
    boolean goesOnAfterHello() {
        return hello.isPresent() && (clearMessages().size() > 1 || !afterHello().isEmpty());
    }

    /** The records behind that in which the hello ends. */
    private List<TlsRecord> afterHello() {
        int missing = hello.isPresent() ? TlsRecord.messageLength(first, records) : Integer.MAX_VALUE;
        for (int i = 0; i < records.size(); i++) {
            if (missing <= 0) {
                return records.subList(i, records.size());
            }
            missing -= records.get(i).type() == TlsRecord.HANDSHAKE
                    ? records.get(i).length()
                    : 0;
        }
        return List.of();
    }

    /** Whether bytes came that are not known. */
    boolean isCut() {
        return count > first.length;
    }

    /** The handshake messages in clear; the hello is the first, where there is one. */
    List<ClearMessage> clearMessages() {
        return ClearMessage.all(first, records);
    }

    /** Whether the first record after the hello is a handshake record in clear, but no second hello. */
    boolean answersInClear() {
        return afterHello().stream()
                .filter(record -> record.type() != TlsRecord.CHANGE_CIPHER_SPEC)
                .findFirst()
                .filter(record -> record.type() == TlsRecord.HANDSHAKE && record.available() > 0)
                .filter(record -> first[record.from()] != HandshakeType.CLIENT_HELLO)
                .isPresent();
    }

    private Stream<Integer> alertsAmongRecords() {
        return records.stream()
                .filter(record -> record.type() == TlsRecord.ALERT && record.length() == ALERT_LENGTH && record.whole())
                .filter(record -> isLevel(first[record.from()]))
                .map(record -> first[record.from() + 1] & 0xFF);
    }

    /** The last bytes may begin in the middle of a record: alerts stand at their very end. */
    private Stream<Integer> alertsAtEnd() {
        int length = TlsRecord.HEADER + ALERT_LENGTH;
        return IntStream.of(last.length - 2 * length, last.length - length)
                .filter(at -> at >= 0 && isAlert(at))
                .mapToObj(at -> last[at + length - 1] & 0xFF);
    }

    private boolean isAlert(int at) {
        return last[at] == TlsRecord.ALERT
                && last[at + 1] == 3
                && TlsRecord.u16(last, at + 3) == ALERT_LENGTH
                && isLevel(last[at + TlsRecord.HEADER]);
    }

    private static boolean isLevel(byte level) {
        return level == 1 || level == 2;
    }
}
