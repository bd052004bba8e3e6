package io.certrail.servlet;

import io.certrail.event.ConnectionFacts;
import io.certrail.recorder.RequestInFlight;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells who the container authenticated and which of the configured roles that user has. A container asks its policy
 * for every role, which costs more than a record does, so what it said is kept for a connection and user: at most
 * {@link #KEPT}, as roles may change while a connection lasts.
 */
final class KnownRoles {
    static final Duration KEPT = Duration.ofSeconds(30);

    private static final int CAPACITY = 2048;

    private final List<String> roles;
    private final LongSupplier nanoClock;
    private final RecentMap<Key, Answer> answers = new RecentMap<>(CAPACITY);

    KnownRoles(List<String> roles, LongSupplier nanoClock) {
        this.roles = roles;
        this.nanoClock = nanoClock;
    }

    private record Key(String connection, String user) {}

    private record Answer(List<String> roles, long nanos) {}

    /** Tells the request its user, if there is one and it does not know. */
    void tell(HttpServletRequest request, RequestInFlight inFlight) {
        if (inFlight.isClosed()) {
            return;
        }
        Principal principal = request.getUserPrincipal();
        String name = principal == null ? null : principal.getName();
        if (name != null && !name.equals(inFlight.user())) {
            inFlight.user(name, rolesOf(name, request, inFlight.connection()));
        }
    }

    private List<String> rolesOf(String user, HttpServletRequest request, @Nullable ConnectionFacts connection) {
        String id = connection == null ? null : connection.id();
        if (id == null) {
            return ask(request);
        }
        Key key = new Key(id, user);
        Answer answer = answers.get(key);
        long now = nanoClock.getAsLong();
        if (answer == null || now - answer.nanos() > KEPT.toNanos()) {
            answer = new Answer(ask(request), now);
            answers.put(key, answer);
        }
        return answer.roles();
    }

    private List<String> ask(HttpServletRequest request) {
        return roles.stream().filter(request::isUserInRole).toList();
    }
}
