package io.certrail.api;

import io.certrail.api.Problem.Violation;
import java.util.List;

/** Parameters of a search that cannot be meant. Who asks puts them right. */
final class InvalidParametersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> invalid;

    InvalidParametersException(List<Violation> invalid) {
        super("invalid parameters");
        this.invalid = List.copyOf(invalid);
    }

    /** What is wrong, by the API's own names. */
    List<Violation> invalid() {
        return invalid;
    }
}
