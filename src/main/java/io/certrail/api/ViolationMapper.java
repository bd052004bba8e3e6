package io.certrail.api;

import io.certrail.api.Problem.Violation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers input that breaks its constraints: 400, naming the fields. What the client sent is not repeated. */
public final class ViolationMapper implements ExceptionMapper<ConstraintViolationException> {
    @Context
    private @Nullable HttpServletRequest request;

    /** For the JAX-RS runtime. */
    public ViolationMapper() {}

    @Override
    public Response toResponse(ConstraintViolationException thrown) {
        List<Violation> invalid = thrown.getConstraintViolations().stream()
                .map(violation -> new Violation(name(violation.getPropertyPath()), reason(violation)))
                .distinct()
                .sorted(Comparator.comparing(Violation::name).thenComparing(Violation::reason))
                .toList();
        return Problem.invalid(request, invalid);
    }

    /** The member of the body, else the parameter. Keys and indexes are the client's words and left out. */
    private static String name(Path path) {
        String name = "body";
        for (Path.Node node : path) {
            if (node.getKind() == ElementKind.PROPERTY) {
                return node.getName();
            }
            if (node.getKind() == ElementKind.PARAMETER) {
                name = node.getName();
            }
        }
        return name;
    }

    private static String reason(ConstraintViolation<?> violation) {
        return violation.getMessage();
    }
}
