package io.certrail.api;

import io.certrail.trail.Trail;
import io.certrail.trail.TrailCounts;
import io.certrail.trail.TrailStatus;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * What this server's trail has seen and no line on disk tells of: nobody finds that in an index.
 *
 * @param queued records that wait because the trail cannot be written; those of a trail that writes are on disk in a moment
 * @param lost records that are lost, while the {@code audit.gap} that will tell so is not on disk
 * @param cause why it cannot be written; empty if it can
 */
record Unwritten(long queued, long lost, String cause) {
    /** As it is now; to be asked before how far the trail is on disk. */
    static Unwritten of(Trail trail) {
        TrailStatus status = trail.status();
        TrailCounts counts = trail.counts(); // before what is lost: what is queued may become that, and not the reverse
        String cause = status instanceof TrailStatus.Failing failing ? failing.cause() : "";
        return new Unwritten(status.isWriting() ? 0 : counts.queued(), trail.untold(), cause);
    }

    /** As gaps of a trail, in JSON. */
    List<JsonObject> gaps(String origin) {
        List<JsonObject> gaps = new ArrayList<>();
        if (queued > 0) {
            gaps.add(gap("not_on_disk", origin, queued));
        }
        if (lost > 0) {
            gaps.add(gap("lost", origin, lost));
        }
        return gaps;
    }

    private JsonObject gap(String kind, String origin, long count) {
        JsonObjectBuilder gap = Json.createObjectBuilder()
                .add("kind", kind)
                .add("origin", origin)
                .add("count", count);
        return (cause.isEmpty() ? gap : gap.add("cause", cause)).build();
    }
}
