package io.certrail.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Finds the fields of a record that has not the usual form, by walking through all of it. For one thread. */
final class RecordWalk implements JsonWalk.Wanted {
    private static final int ROOT = 1;
    private static final int TIME = 2;
    private static final int EVENT = 3;
    private static final int NAME = 4;
    private static final int OUTCOME = 5;
    private static final int MTLS = 6;
    private static final int CONNECTION = 7;
    private static final int CONNECTION_ID = 8;
    private static final int AUDIT = 9;
    private static final int BOOT_ID = 10;
    private static final int SEQUENCE = 11;

    /** Of each node from 2: its parent and its name. */
    private static final int[] PARENTS = {ROOT, ROOT, EVENT, EVENT, ROOT, MTLS, CONNECTION, ROOT, AUDIT, AUDIT};

    private static final byte[][] NAMES = {
        name("time"), name("event"), name("name"), name("outcome"), name("mtls"),
        name("connection"), name("id"), name("audit"), name("boot_id"), name("sequence")
    };
    private static final int MAX_DIGITS = 19;

    private final JsonWalk walk = new JsonWalk();
    private RecordFields fields = new RecordFields();
    private int seen;
    private boolean formed;

    private static byte[] name(String name) {
        return name.getBytes(US_ASCII);
    }

    /** Whether the line is JSON, with none of the wanted names twice, and their values have the right form. */
    boolean scan(byte[] array, int from, int to, RecordFields found) {
        fields = found;
        seen = 0;
        formed = true;
        return walk.walk(array, from, to, this) && formed;
    }

    @Override
    public int member(int parent, int from, int to, boolean escaped) {
        if (escaped) {
            return JsonWalk.REFUSED; // no encoder escapes these names: somebody hides one
        }
        for (int i = 0; i < NAMES.length; i++) {
            if (PARENTS[i] == parent && Arrays.equals(fields.array, from, to, NAMES[i], 0, NAMES[i].length)) {
                boolean twice = (seen & (1 << i)) != 0;
                seen |= 1 << i;
                return twice ? JsonWalk.REFUSED : i + 2;
            }
        }
        return JsonWalk.NOTHING;
    }

    @Override
    public void value(int node, int from, int to, boolean text, boolean escaped) {
        formed &= text == (node != SEQUENCE) && (!escaped || node == CONNECTION_ID);
        switch (node) {
            case TIME -> time(from, to);
            case NAME -> {
                fields.nameFrom = from;
                fields.nameTo = to;
            }
            case OUTCOME -> {
                fields.outcomeFrom = from;
                fields.outcomeTo = to;
            }
            case CONNECTION_ID -> connection(from, to);
            case BOOT_ID -> {
                fields.bootFrom = from;
                fields.bootTo = to;
            }
            case SEQUENCE -> sequence(from, to);
            default -> formed = false; // an object is expected here
        }
    }

    private void connection(int from, int to) {
        if (RecordScanner.isId(fields.array, from, to)) {
            fields.connectionFrom = from;
            fields.connectionTo = to;
        }
    }

    private void time(int from, int to) {
        fields.time = to - from == AsciiTime.LENGTH ? AsciiTime.micros(fields.array, from) : AsciiTime.NONE;
    }

    private void sequence(int from, int to) {
        boolean digits = to - from <= MAX_DIGITS;
        for (int i = from; i < to; i++) {
            digits &= fields.array[i] >= '0' && fields.array[i] <= '9';
        }
        fields.sequence = digits ? RecordScanner.number(fields.array, from, to) : RecordFields.NONE;
    }
}
