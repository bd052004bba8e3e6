package io.certrail.scan.probe;

import io.certrail.scan.probe.Credentials.Kind;
import java.io.IOException;

/** A request of the good client that posts JSON: no probe. */
public final class EventPost {
    private EventPost() {}

    /**
     * Sends it, on a connection of its own.
     *
     * @param json in ASCII
     * @return the answer's status, 0 if there was none
     * @throws IOException if it could not be sent
     */
    public static int send(Attempt.Setting setting, Credentials credentials, String path, String json)
            throws IOException {
        Credential good = credentials
                .find(Kind.GOOD, "")
                .orElseThrow(() -> new IOException("there is no good client: " + credentials.remedy(Kind.GOOD)));
        try (var attempt = new Attempt(setting, ProbeCatalog.Collector.nonce())) {
            attempt.handshake(good);
            attempt.request(Request.of(attempt, "POST", path).json(json).build());
            return attempt.end().status();
        }
    }
}
