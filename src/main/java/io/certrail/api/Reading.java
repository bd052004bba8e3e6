package io.certrail.api;

import io.certrail.config.CertrailConfig;
import io.certrail.event.CertificateFacts;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.ReadingEvent;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestInFlight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets somebody read the trail: within the rate of a certificate, and with what was asked for on record before it is answered. Names and values
 * are on record after they were checked, and whole; the query as it was sent never is. Safe for use by any thread.
 */
@ApplicationScoped
public class Reading {
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final int TOO_MANY_REQUESTS = 429;

    @Inject
    @Nullable
    Recorder recorder;

    @Inject
    @Nullable
    CertrailConfig config;

    private volatile @Nullable RateLimit limit;

    /** For the container. */
    public Reading() {}

    /**
     * Counts a request against the rate of its certificate.
     *
     * @throws ClientErrorException 429 with {@code Retry-After} if it is one too many
     */
    void admit(HttpServletRequest request) {
        Duration wait = rateLimit().take(client(CurrentRequest.of(request)));
        if (!wait.isZero()) {
            long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
            throw new ClientErrorException(Response.status(TOO_MANY_REQUESTS)
                    .header("Retry-After", seconds)
                    .build());
        }
    }

    private RateLimit rateLimit() {
        RateLimit there = limit;
        return there == null ? makeRateLimit() : there;
    }

    private synchronized RateLimit makeRateLimit() {
        RateLimit there = limit;
        if (there == null) {
            there = new RateLimit(Objects.requireNonNull(config).searchesPerMinute(), System::nanoTime);
            limit = there;
        }
        return there;
    }

    private static String client(RequestInFlight inFlight) {
        ConnectionFacts connection = inFlight.connection();
        CertificateFacts certificate = connection == null ? null : connection.certificate();
        return certificate == null ? String.valueOf(inFlight.user()) : certificate.sha256();
    }

    /**
     * Puts on record what is asked for: as durably as a posted event.
     *
     * @param function the method that answers
     * @param resource what is read, as {@code /api/records}
     * @param asked all that is asked for: {@link Parameters#asked()}
     * @throws ServiceUnavailableException if it cannot be recorded, and the policy is to refuse
     */
    void record(HttpServletRequest request, String function, String resource, Map<String, String> asked) {
        RequestInFlight inFlight = CurrentRequest.of(request);
        Recorder to = Objects.requireNonNull(recorder);
        ReadingEvent event = new ReadingEvent(to.now(), function, resource, asked, inFlight.link());
        if (!to.acceptsRequests() || !to.recordToldOf(event)) {
            throw new ServiceUnavailableException((long) RETRY_AFTER_SECONDS);
        }
    }
}
