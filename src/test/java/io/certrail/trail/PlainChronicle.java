package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Words in the plainest way what a trail says about itself; others are worded by who has more to do with them. */
public class PlainChronicle implements Chronicle {
    @Override
    public byte[] started(Started started) {
        return line("audit.started", "next " + started.nextSequence());
    }

    @Override
    public byte[] stopped(Stopped stopped) {
        return line("audit.stopped", stopped.counts().toString());
    }

    @Override
    public byte[] gap(Gap gap) {
        return line("audit.gap", gap.count() + " lost: " + gap.cause().replaceAll("[^A-Za-z0-9 .:;,-]", "_"));
    }

    @Override
    public byte[] recovered(Recovered recovered) {
        return line("audit.recovered", recovered.bytes() + " bytes to " + recovered.setAside());
    }

    @Override
    public byte[] retired(Retired retired) {
        return line("audit.retired", retired.segment());
    }

    /** A line as a producer appends it. */
    public static byte[] line(String name, String detail) {
        return ("{\"event\":\"" + name + "\",\"audit\":{\"detail\":\"" + detail + "\",\"sequence\":").getBytes(UTF_8);
    }
}
