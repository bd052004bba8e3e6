package io.certrail.scan.probe;

import io.certrail.event.Reason;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server should do, and what a good log would then say.
 *
 * @param reasons the reasons of which one should be stated, as {@code event.Reason} spells them, the best first; none: the
 *     answer's status says it all
 */
public record Expected(Decision decision, List<String> reasons) {
    /** What a server should decide. */
    public enum Decision {
        /** To serve the client. */
        ACCEPT,
        /** To turn it away. */
        REFUSE,
        /** Nothing: it is the server's affair, or the client gives up. */
        EITHER
    }

    public Expected {
        reasons = List.copyOf(reasons);
    }

    static Expected served() {
        return new Expected(Decision.ACCEPT, List.of());
    }

    static Expected refused(Reason... reasons) {
        return new Expected(Decision.REFUSE, ids(reasons));
    }

    static Expected either(Reason... reasons) {
        return new Expected(Decision.EITHER, ids(reasons));
    }

    static Expected alerted(String alert) {
        return new Expected(Decision.EITHER, List.of("client_alert_" + alert));
    }

    private static List<String> ids(Reason... reasons) {
        return Stream.of(reasons).map(Reason::id).toList();
    }
}
