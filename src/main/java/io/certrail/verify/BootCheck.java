package io.certrail.verify;

import io.certrail.trail.CheckpointCause;
import io.certrail.trail.CheckpointCounts;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is on record of one start of the recorder, and whether that is all. For one thread. */
final class BootCheck {
    private static final int MOST_REQUESTS = 100_000;

    private final String id;
    private final Findings findings;
    private final Place begin;
    /** Whether its first record was seen: else its counts begin with those of the first checkpoint. */
    private final boolean whole;

    private final Kinds kinds;
    private final ConnectionNumbers numbers = new ConnectionNumbers();
    /** Requests that arrived and have not ended, by connection and request id, and how often. */
    private final Map<String, Integer> arrived = new HashMap<>();

    /** How many stand for others in {@code audit.flood} records, so far. */
    private long handshakesTold;

    private long requestsTold;
    private final MostTold mostTold = new MostTold();
    private @Nullable Known last;
    private boolean based;
    private boolean stopped;
    /** Numbers are followed from the first on or not at all. */
    private boolean tracking;

    BootCheck(String id, boolean whole, Place begin, Kinds kinds, Findings findings) {
        this.id = id;
        this.kinds = kinds;
        this.whole = whole;
        this.based = whole;
        this.tracking = whole;
        this.begin = begin;
        this.findings = findings;
    }

    String id() {
        return id;
    }

    /** Its last record was seen. */
    void stopped() {
        stopped = true;
    }

    /** A handshake's record has the number of its connection, where the recorder gave one. */
    void handshake(long connection, Place place) {
        if (connection > 0) {
            see(connection, connection, place);
        }
    }

    /** A record that stands for several. Of handshakes it has rows of their connections' numbers: {@code 7} or {@code 7-12}. */
    void flood(AuditDetails details, Place place) {
        String event = details.text("event");
        long count = Math.max(0, details.number("count"));
        if (event.equals("http.request")) {
            requestsTold += count;
        } else if (event.equals("tls.handshake")) {
            handshakesTold += count;
            details.list("connections").forEach(row -> seeRow(row, place));
        }
    }

    private void seeRow(String row, Place place) {
        if (row.matches("[1-9][0-9]{0,17}(-[1-9][0-9]{0,17})?")) {
            String[] ends = row.split("-", 2);
            see(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]), place);
        }
    }

    private void see(long first, long to, Place place) {
        if (tracking && !numbers.see(first, to)) {
            findings.add(FindingKind.CONNECTION_TWICE, place, "connection " + id + "-" + first);
        }
        if (tracking && numbers.isTooMuch()) {
            tracking = false;
            findings.add(FindingKind.UNTRACKED, place, "connections of boot " + id);
        }
    }

    void arrived(String request, Place place) {
        if (arrived.size() < MOST_REQUESTS) {
            arrived.merge(request, 1, Integer::sum);
        } else {
            findings.add(FindingKind.UNTRACKED, place, "requests of boot " + id);
        }
    }

    boolean awaitsRequests() {
        return !arrived.isEmpty();
    }

    void ended(String request) {
        arrived.computeIfPresent(request, (key, times) -> times == 1 ? null : times - 1);
    }

    /** Compares with what a checkpoint of its size says of this boot. */
    void checkpoint(Known known, CheckpointCounts counts) {
        CheckpointCounts.Connections told = counts.connections();
        if (!based) {
            kinds.get("tls.handshake:success").ofBoot(told.succeeded());
            kinds.get("tls.handshake:failure").ofBoot(told.failed());
            kinds.get("tls.handshake:unknown").ofBoot(told.unknown());
            kinds.get("http.request:success").ofBoot(counts.requests().ended());
            kinds.get("http.request:failure").ofBoot(0);
            kinds.get("http.request:unknown").ofBoot(0);
            based = true;
        }
        same("handshakes that succeeded", kinds.get("tls.handshake:success").ofBoot(), told.succeeded(), known);
        same("handshakes that failed", kinds.get("tls.handshake:failure").ofBoot(), told.failed(), known);
        same("handshakes of unknown end", kinds.get("tls.handshake:unknown").ofBoot(), told.unknown(), known);
        same(
                "requests that ended",
                kinds.ofBoot(Kind.Part.REQUEST),
                counts.requests().ended(),
                known);
        sums(known, counts);
        last = known.outside() ? last : known;
    }

    private void sums(Known known, CheckpointCounts counts) {
        CheckpointCounts.Connections told = counts.connections();
        long sum = told.succeeded() + told.failed() + told.unknown() + told.coalesced() + told.lost() + told.open();
        if (told.accepted() > 0 && told.accepted() != sum) {
            differ(known, "connections accepted " + told.accepted() + ", but all of them are " + sum);
        }
        if (told.numbered() > 0 && tracking && numbers.highest() > told.numbered()) {
            differ(
                    known,
                    "connection " + numbers.highest() + " is on record, but " + told.numbered() + " were numbered");
        }
        CheckpointCounts.Requests requests = counts.requests();
        long all = requests.ended() + requests.coalesced() + requests.lost() + requests.open();
        if (requests.begun() > 0 && requests.begun() != all) {
            differ(known, "requests begun " + requests.begun() + ", but all of them are " + all);
        }
        coalesced(known, "handshakes", handshakesTold, told.coalesced(), false);
        coalesced(known, "requests", requestsTold, requests.coalesced(), false);
        grown(known, MostTold.Most.of(counts));
    }

    /** Compares what never becomes less. */
    private void grown(Known known, MostTold.Most now) {
        MostTold.Most before = mostTold.next(known.size(), now);
        fewer(known, "connections numbered", before.numbered(), now.numbered());
        fewer(known, "connections accepted", before.accepted(), now.accepted());
        fewer(known, "connections lost", before.lost(), now.lost());
        fewer(known, "requests begun", before.begun(), now.begun());
        fewer(known, "requests lost", before.requestsLost(), now.requestsLost());
    }

    private void fewer(Known known, String what, long before, long now) {
        if (now < before) {
            differ(known, "fewer " + what + " than before");
        }
    }

    /**
     * Compares with what records of floods tell: never more than was coalesced; after the last one, all of it.
     *
     * @param all whether no more of them are coming
     */
    private void coalesced(Known known, String what, long inRecords, long counted, boolean all) {
        if (whole && (inRecords > counted || (all && inRecords < counted))) {
            differ(known, what + " told together: " + inRecords + " in records of floods, " + counted + " counted");
        }
    }

    private void same(String what, long counted, long told, Known known) {
        if (counted != told) {
            differ(known, what + ": " + counted + " on record, " + told + " counted");
        }
    }

    private void differ(Known known, String detail) {
        findings.add(FindingKind.COUNTS_DIFFER, known.place(), "size " + known.size() + ", boot " + id + ": " + detail);
    }

    /**
     * No more is coming of it.
     *
     * @param isLast whether it is the trail's last: it may still be running
     */
    void end(boolean isLast) {
        CheckpointCounts counts = last == null ? null : last.counts();
        if (!stopped && !isLast) {
            findings.add(FindingKind.BOOT_WITHOUT_STOP, begin, "boot " + id);
        }
        if (counts != null) {
            connections(counts, isLast);
        }
        if (!arrived.isEmpty() && (stopped || !isLast)) {
            String first = arrived.keySet().iterator().next();
            findings.add(
                    FindingKind.REQUEST_WITHOUT_END, begin, arrived.size() + " of boot " + id + ", such as " + first);
        }
    }

    /** How many were to be told in records of floods, and are in none. */
    private long untold(long coalesced, long inRecords) {
        return whole ? Math.max(0, coalesced - inRecords) : 0;
    }

    private void connections(CheckpointCounts counts, boolean isLast) {
        CheckpointCounts.Connections told = counts.connections();
        boolean broken = !stopped && (!isLast || counts.cause() == CheckpointCause.STOP);
        long untold = broken ? untold(told.coalesced(), handshakesTold) : 0;
        long untoldRequests = broken ? untold(counts.requests().coalesced(), requestsTold) : 0;
        long lost = told.lost() + counts.requests().lost() + untold + untoldRequests;
        if (lost > 0) {
            findings.add(
                    FindingKind.DECLARED_LOSS, begin, lost + " records of boot " + id + ", as its checkpoint counts");
        }
        boolean stop = stopped && counts.cause() == CheckpointCause.STOP;
        if (stop && last != null) {
            coalesced(last, "handshakes", handshakesTold, told.coalesced(), true);
            coalesced(last, "requests", requestsTold, counts.requests().coalesced(), true);
        }
        if (stop && told.open() > 0) {
            findings.add(FindingKind.OPEN_AT_STOP, begin, told.open() + " of boot " + id);
        }
        if (stopped || !isLast) {
            missing(told, told.lost() + untold + (stop ? 0 : told.open()));
        }
    }

    /** Compares the numbers that are not on record with how many need not be. */
    private void missing(CheckpointCounts.Connections told, long most) {
        long upTo = Math.max(told.numbered(), numbers.highest());
        long unseen = tracking ? numbers.unseen(upTo) : 0;
        if (unseen > most) {
            findings.add(
                    FindingKind.CONNECTION_MISSING,
                    begin,
                    unseen + " of boot " + id + ", lost " + told.lost() + ", open " + told.open() + ": "
                            + numbers.words(upTo));
        }
    }
}
