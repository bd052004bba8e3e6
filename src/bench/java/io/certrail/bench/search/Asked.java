package io.certrail.bench.search;

import io.certrail.bench.trail.LargeTrail;
import io.certrail.bench.trail.Population;
import io.certrail.index.AddressPrefix;
import io.certrail.index.RecordFilter;
import io.certrail.index.RecordFilter.Field;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A question, in every language in which it is asked here.
 *
 * @param filter the index's
 * @param pattern for {@code grep -E} and {@code rg}, of a line
 * @param condition for DuckDB
 */
record Asked(RecordFilter filter, String pattern, String condition) {
    /** What is asked for. */
    enum Kind {
        SUBJECT("one subject"),
        ADDRESS_AND_TIME("address prefix (24 bits) and one hour"),
        REQUEST_ID("one request id");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** So many different ones, the same in each run. */
    static List<Asked> some(Kind kind, LargeTrail trail, int count) {
        Random random = new Random(7);
        List<Asked> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(
                    switch (kind) {
                        case SUBJECT -> subject(Population.subject(random.nextInt(Population.CLIENTS)));
                        case ADDRESS_AND_TIME -> addressAndTime(trail, random.nextLong(trail.connections()));
                        case REQUEST_ID -> requestId(trail, random);
                    });
        }
        return some;
    }

    private static Asked subject(String subject) {
        return new Asked(
                RecordFilter.of(Field.SUBJECT, subject),
                "\"subject\":\"" + subject + "\"",
                "tls.client.subject = '" + subject + "'");
    }

    /** Those of a connection that there was. */
    private static Asked addressAndTime(LargeTrail trail, long connection) {
        String network = Population.network(connection);
        Instant from = trail.time(connection).truncatedTo(ChronoUnit.HOURS);
        RecordFilter prefix = new RecordFilter(
                from,
                from.plus(1, ChronoUnit.HOURS),
                Map.of(),
                null,
                List.of(AddressPrefix.parse(network + "0/24").orElseThrow()),
                List.of());
        String hour = from.toString().substring(0, 13);
        return new Asked(
                prefix,
                "^\\{\"time\":\"" + hour + ":.*\"client\":\\{\"address\":\"" + network.replace(".", "\\."),
                "time >= '" + hour + ":00' and time < '"
                        + from.plus(1, ChronoUnit.HOURS).toString().substring(0, 13)
                        + ":00' and starts_with(client.address, '" + network + "')");
    }

    /** Of a connection that was accepted: those whose number is a multiple of twenty were not. */
    private static Asked requestId(LargeTrail trail, Random random) {
        long connection = random.nextLong(trail.connections() / 20) * 20 + 1 + random.nextInt(19);
        String id = Population.requestId(connection % trail.connections(), random.nextInt(9));
        return new Asked(
                RecordFilter.of(Field.REQUEST_ID, id), "\"id\":\"" + id + "\"", "http.request.id = '" + id + "'");
    }
}
