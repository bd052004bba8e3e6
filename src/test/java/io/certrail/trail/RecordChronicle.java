package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Words what a trail says about itself in records that begin as real ones do. */
final class RecordChronicle implements Chronicle {
    private final String bootId;

    RecordChronicle(String bootId) {
        this.bootId = bootId;
    }

    @Override
    public byte[] started(Started started) {
        String before = started.sealed() == null
                ? "none"
                : "checkpoint " + started.sealed().size();
        return line(bootId, "audit.started", "success", before);
    }

    @Override
    public byte[] stopped(Stopped stopped) {
        return line(bootId, "audit.stopped", "success", "");
    }

    @Override
    public byte[] gap(Gap gap) {
        return line(bootId, "audit.gap", "failure", Long.toString(gap.count()));
    }

    @Override
    public byte[] recovered(Recovered recovered) {
        return line(bootId, "audit.recovered", "success", recovered.setAside());
    }

    @Override
    public byte[] retired(Retired retired) {
        return line(bootId, "audit.retired", "success", retired.firstSequence() + " to " + retired.nextSequence());
    }

    static byte[] line(String bootId, String name, String outcome, String detail) {
        return ("{\"time\":\"2026-11-25T16:00:00.000000Z\",\"schema\":\"1\",\"event\":{\"name\":\"" + name
                        + "\",\"outcome\":\"" + outcome + "\"},\"audit\":{\"detail\":\"" + detail
                        + "\",\"boot_id\":\"" + bootId + "\",\"sequence\":")
                .getBytes(UTF_8);
    }
}
