package io.certrail.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Members by their path: those of requests, which nearly all records are, and what stands before them. A record takes
 * them in this order, each at most once; what stands in it between any two of them is encoded beforehand.
 */
enum MemberPath {
    TIME("time"),
    SCHEMA("schema"),
    NAME("event", "name"),
    OUTCOME("event", "outcome"),
    DURATION("event", "duration_ns"),
    ERROR_TYPE("error", "type"),
    ERROR_MESSAGE("error", "message"),
    REQUEST_ID("http", "request", "id"),
    REQUEST_ID_SOURCE("http", "request", "id_source"),
    REQUEST_METHOD("http", "request", "method"),
    REQUEST_BODY_SIZE("http", "request", "body", "size"),
    ROUTE("http", "route"),
    STATUS_CODE("http", "response", "status_code"),
    RESPONSE_BODY_SIZE("http", "response", "body", "size"),
    URL_PATH("url", "path"),
    PROTOCOL_VERSION("network", "protocol", "version"),
    USER_AGENT("user_agent", "original"),
    USER_NAME("user", "name"),
    USER_ROLES("user", "roles"),
    TRACE_ID("trace_id"),
    SPAN_ID("span_id");

    /** The place outside of all objects. */
    static final int TOP = 0;

    /** By where they lead from and where to. */
    private static final Step[][] STEPS = steps();

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> objects;

    private final String leaf;

    MemberPath(String... path) {
        objects = List.of(path).subList(0, path.length - 1);
        leaf = path[path.length - 1];
    }

    /** The objects that hold it, outermost first. */
    List<String> objects() {
        return objects;
    }

    /** Its name in the innermost of them. */
    String leaf() {
        return leaf;
    }

    /** How many objects hold both; none where there is no other. */
    int shared(@Nullable MemberPath other) {
        int count = 0;
        int most = other == null ? 0 : Math.min(objects.size(), other.objects.size());
        while (other != null && count < most && objects.get(count).equals(other.objects.get(count))) {
            count++;
        }
        return count;
    }

    /**
     * The way to this member's value.
     *
     * @param from the {@link #place} of the member before it, or {@link #TOP}
     */
    Step step(int from) {
        return STEPS[from][place() - 1];
    }

    /** A number of its own, from 1: where the objects are that hold it. */
    @SuppressWarnings("EnumOrdinal") // an index of tables that are made from the constants
    int place() {
        return ordinal() + 1;
    }

    /** How many objects are open at a place. */
    static int depth(int place) {
        return place == TOP ? 0 : STEPS[TOP][place - 1].depth;
    }

    private static Step[][] steps() {
        List<@Nullable MemberPath> places = new ArrayList<>();
        places.add(null);
        places.addAll(Arrays.asList(values()));
        return places.stream()
                .map(from ->
                        Arrays.stream(values()).map(to -> new Step(from, to)).toArray(Step[]::new))
                .toArray(Step[][]::new);
    }

    /** What is written between two members' values, in words of eight bytes. */
    static final class Step {
        /** Room for what {@link #put} may write. */
        static final int ROOM = 48;

        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

        private final int depth;
        /** Over the comma before it, if it begins with the end of an object. */
        private final int back;

        private final int length;
        private final long first;
        private final long second;
        private final long third;
        private final long fourth;
        private final long fifth;
        private final long sixth;

        private Step(@Nullable MemberPath from, MemberPath to) {
            int shared = to.shared(from);
            int ends = from == null ? 0 : from.objects.size() - shared;
            StringBuilder text = new StringBuilder("}".repeat(ends)).append(ends == 0 ? "" : ",");
            to.objects
                    .subList(shared, to.objects.size())
                    .forEach(object -> text.append('"').append(object).append("\":{"));
            byte[] bytes =
                    text.append('"').append(to.leaf).append("\":").toString().getBytes(StandardCharsets.US_ASCII);
            byte[] words = Arrays.copyOf(bytes, ROOM);
            depth = to.objects.size();
            back = ends == 0 ? 0 : 1;
            length = bytes.length;
            first = (long) LONGS.get(words, 0);
            second = (long) LONGS.get(words, 8);
            third = (long) LONGS.get(words, 16);
            fourth = (long) LONGS.get(words, 24);
            fifth = (long) LONGS.get(words, 32);
            sixth = (long) LONGS.get(words, 40);
            if (length > ROOM) {
                throw new IllegalStateException("a step of " + length + " bytes: " + text);
            }
        }

        /**
         * Writes it; the rest of its last words is to be overwritten.
         *
         * @param at where the member before it ends, after its comma
         * @return where the value begins
         */
        int put(byte[] bytes, int at) {
            int begin = at - back;
            LONGS.set(bytes, begin, first);
            LONGS.set(bytes, begin + 8, second);
            LONGS.set(bytes, begin + 16, third);
            if (length > 24) {
                LONGS.set(bytes, begin + 24, fourth);
                LONGS.set(bytes, begin + 32, fifth);
                LONGS.set(bytes, begin + 40, sixth);
            }
            return begin + length;
        }
    }
}
