package io.certrail.sink;

import java.io.IOException;
import java.net.http.HttpResponse;

/** What a witness answered to {@code add-checkpoint} (C2SP tlog-witness). */
sealed interface WitnessAnswer {
    /** @param signatures lines of cosignatures, not verified */
    record Cosigned(String signatures) implements WitnessAnswer {}

    /** @param size of the tree that it cosigned last */
    record OtherSize(long size) implements WitnessAnswer {}

    /** The proof does not lead from the tree that it cosigned to this one. */
    record Inconsistent() implements WitnessAnswer {}

    /**
     * What an answer means.
     *
     * @throws IOException if it is none of these; the message says what the operator can do
     */
    static WitnessAnswer of(HttpResponse<String> answer) throws IOException {
        return switch (answer.statusCode()) {
            case 200 -> new Cosigned(answer.body());
            case 409 -> new OtherSize(size(answer));
            case 422 -> new Inconsistent();
            case 403 -> throw new IOException("403: it does not know this log's key; give it the trail's key.pub");
            case 404 -> throw new IOException("404: it does not know this log's origin, or the prefix is wrong");
            case 301, 302, 303, 307, 308 ->
                throw new IOException(
                        answer.statusCode() + ": it redirects, which is not followed; configure where it is");
            default -> throw new IOException("answered with status " + answer.statusCode());
        };
    }

    private static long size(HttpResponse<String> answer) throws IOException {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        String body = answer.body();
        if (type.equals("text/x.tlog.size") && body.matches("(0|[1-9]\\d{0,17})\n")) {
            return Long.parseLong(body.strip());
        }
        throw new IOException("409 without the size that it cosigned");
    }
}
