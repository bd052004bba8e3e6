package io.certrail.recorder;

import org.jspecify.annotations.Nullable;

/** A valid W3C {@code traceparent}: Trace Context Level 1, section 3.2. */
record TraceParent(String traceId, String spanId) {
    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;
    private static final int LENGTH = 55;

    /** The ids, or {@code null} unless the header is valid to the letter. */
    static @Nullable TraceParent parse(@Nullable String header) {
        if (header == null || header.length() < LENGTH || !isVersion(header)) {
            return null;
        }
        boolean shaped = header.charAt(2) == '-'
                && isHex(header, TRACE_AT, SPAN_AT - 1)
                && header.charAt(SPAN_AT - 1) == '-'
                && isHex(header, SPAN_AT, FLAGS_AT - 1)
                && header.charAt(FLAGS_AT - 1) == '-'
                && isHex(header, FLAGS_AT, LENGTH);
        if (!shaped || isZero(header, TRACE_AT, SPAN_AT - 1) || isZero(header, SPAN_AT, FLAGS_AT - 1)) {
            return null;
        }
        return new TraceParent(header.substring(TRACE_AT, SPAN_AT - 1), header.substring(SPAN_AT, FLAGS_AT - 1));
    }

    /** Version 00 ends after the flags; a higher one may go on after a dash; ff is forbidden. */
    private static boolean isVersion(String header) {
        if (!isHex(header, 0, 2) || header.startsWith("ff")) {
            return false;
        }
        return header.startsWith("00")
                ? header.length() == LENGTH
                : header.length() == LENGTH || header.charAt(LENGTH) == '-';
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
