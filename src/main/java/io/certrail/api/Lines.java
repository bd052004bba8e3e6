package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.index.RecordPage;
import io.certrail.index.RecordPage.Found;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Writes lines of the trail into answers, byte for byte. */
final class Lines {
    private Lines() {}

    /** What adds a proof to a record, where there is one. */
    interface Prover {
        Optional<String> proof(Found found) throws IOException;
    }

    static byte[] ndjson(List<Found> found) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Found record : found) {
            out.writeBytes(record.line());
            out.write('\n');
        }
        return out.toByteArray();
    }

    static byte[] json(RecordPage page, JsonObject coverage, Prover prover) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, "{\"records\":[");
        String separator = "";
        for (Found found : page.records()) {
            write(out, separator + "{" + head(found));
            out.writeBytes(found.line());
            Optional<String> proof = prover.proof(found);
            write(out, proof.map(text -> ",\"proof\":" + quoted(text)).orElse("") + "}");
            separator = ",";
        }
        write(out, "]" + (page.next() == null ? "" : ",\"next\":" + quoted(page.next())));
        write(out, ",\"coverage\":" + coverage + "}");
        return out.toByteArray();
    }

    /** The members of a record up to where its line begins. */
    static String head(Found found) {
        return "\"origin\":" + quoted(found.origin()) + ",\"sequence\":" + found.sequence() + ",\"record\":";
    }

    static String quoted(String text) {
        return Json.createValue(text).toString();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(UTF_8));
    }
}
