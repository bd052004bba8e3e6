package io.certrail.verify;

/** A kind of record, and how many of it there are. For one thread. */
final class Kind {
    /** What has to be done with a record of a kind. */
    enum Part {
        HANDSHAKE,
        REQUEST,
        REQUEST_RECEIVED,
        AUDIT,
        OTHER
    }

    private final String word;
    private final Part part;
    private long count;
    private long ofBoot;

    /** @param word {@code <event.name>:<event.outcome>} */
    Kind(String word) {
        this.word = word;
        this.part = part(word.substring(0, Math.max(0, word.lastIndexOf(':'))));
    }

    private static Part part(String name) {
        return switch (name) {
            case "tls.handshake" -> Part.HANDSHAKE;
            case "http.request" -> Part.REQUEST;
            case "http.request.received" -> Part.REQUEST_RECEIVED;
            default -> name.startsWith("audit.") ? Part.AUDIT : Part.OTHER;
        };
    }

    String word() {
        return word;
    }

    Part part() {
        return part;
    }

    void add() {
        count++;
    }

    void addOfBoot() {
        ofBoot++;
    }

    /** Of the whole trail. */
    long count() {
        return count;
    }

    /** Of the current start of the recorder. */
    long ofBoot() {
        return ofBoot;
    }

    void count(long known) {
        count = known;
    }

    void ofBoot(long known) {
        ofBoot = known;
    }
}
