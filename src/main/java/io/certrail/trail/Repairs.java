package io.certrail.trail;

import io.certrail.trail.Chronicle.Recovered;
import java.util.List;

/**
 * What a start puts right in a trail whose writer did not end in order.
 *
 * @param setAside bytes that are no record
 * @param replayFrom the first line that stands in the write-ahead log alone, and is written to a segment
 * @param next the number after the last line that there is, in segments and log
 * @param sealed how many lines the newest checkpoint holds; {@code next} if the trail makes none
 */
public record Repairs(List<Recovered> setAside, long replayFrom, long next, long sealed) {
    public Repairs {
        setAside = List.copyOf(setAside);
        if (sealed > next || replayFrom > next) {
            throw new IllegalArgumentException("sealed " + sealed + ", replay from " + replayFrom + ", next " + next);
        }
    }

    /** How many lines are written from the log. */
    public long replayed() {
        return next - replayFrom;
    }

    /** How many lines no checkpoint holds yet. */
    public long unsealed() {
        return next - sealed;
    }

    /** Whether there is anything to put right. */
    public boolean isNeeded() {
        return !setAside.isEmpty() || replayed() > 0 || unsealed() > 0;
    }
}
