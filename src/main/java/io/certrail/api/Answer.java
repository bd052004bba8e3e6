package io.certrail.api;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Answers with bytes, or with 304 if who asks has them already (RFC 9110 section 13). */
final class Answer {
    private static final int TAG_BYTES = 16;

    private Answer() {}

    static Response.ResponseBuilder of(byte[] body, String type, Request request) {
        EntityTag tag = new EntityTag(HexFormat.of().formatHex(Arrays.copyOf(sha256(body), TAG_BYTES)));
        Response.ResponseBuilder same = unchanged(request, tag);
        return same == null ? Response.ok(body).type(type).tag(tag) : same.tag(tag);
    }

    /** A condition that is none does not count; Jersey throws at it. */
    private static Response.@Nullable ResponseBuilder unchanged(Request request, EntityTag tag) {
        try {
            return request.evaluatePreconditions(tag);
        } catch (ProcessingException e) {
            return null;
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
