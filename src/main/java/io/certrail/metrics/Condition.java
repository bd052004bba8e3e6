package io.certrail.metrics;

import io.certrail.recorder.Recorder;
import io.certrail.trail.TrailStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a health check finds, for MicroProfile Health and for Certrail's own answer alike.
 *
 * @param name of the check
 * @param facts texts and truth values, in the order in which they are told
 */
record Condition(String name, boolean isUp, Map<String, Object> facts) {
    /** Up as long as the application is deployed: a restart would not mend a disk. */
    static final Condition DEPLOYED = new Condition("certrail", true, Map.of());

    /**
     * Down while requests are refused because the trail cannot be written. With the policy to continue it stays up and
     * says that the trail fails. Why it fails stands in the server's log: it may name paths, and health is often open
     * to all.
     */
    static Condition ofTrail(CurrentRecorder recorder) {
        return recorder.current()
                .map(Condition::ofTrail)
                .orElseGet(() -> new Condition("certrail-trail", false, Map.of("state", "not started")));
    }

    private static Condition ofTrail(Recorder recorder) {
        TrailStatus status = recorder.status();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("writing", status.isWriting());
        facts.put("since", status.since().toString());
        facts.put("on-failure", recorder.options().onFailure().id());
        if (!status.isWriting()) {
            facts.put("state", status instanceof TrailStatus.Failing ? "failing" : "closed");
        }
        return new Condition("certrail-trail", recorder.acceptsRequests(), facts);
    }
}
