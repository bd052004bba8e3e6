package io.certrail.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.verify.VerifyOptions.Outside;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkpoints in a file that was kept elsewhere, in each form in which they arrive there: a signed note (C2SP signed-note), or
 * several with empty lines between them; a log with messages of syslog (RFC 5424), the note in their structured data; a log with the
 * lines of JSON from a standard output. What else is in a log is passed over. For one thread.
 */
final class KeptNotes {
    private static final Pattern SYSLOG = Pattern.compile("\\[certrail@32473 [^]]*\\bnote=\"([A-Za-z0-9+/]+={0,2})\"");
    private static final Pattern JSON =
            Pattern.compile("\"certrail\":\"checkpoint\",.*\"note\":(\"(?:[^\"\\\\]|\\\\.)*\")");
    private static final String SIGNATURE = "\u2014 ";
    /** Four bytes of key id, and the shortest signature that there is. */
    private static final int LEAST_SIGNATURE = 4 + 64;

    private final List<String> logged = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    /** The first lines of pieces that are no whole note. */
    private final List<Long> pieces = new ArrayList<>();

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder signatures = new StringBuilder();
    private boolean ended;
    private boolean cut;
    private long line;
    private long begin;

    private KeptNotes() {}

    /**
     * Reads a file of any length, line by line.
     *
     * @param complaints hears of what is no whole note, in a sentence
     * @throws IllegalArgumentException if there is no note in it
     */
    static List<Outside> read(Path file, Output complaints) throws IOException {
        KeptNotes found = new KeptNotes();
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
            for (String each = lines.readLine(); each != null; each = lines.readLine()) {
                found.take(each);
            }
        }
        found.end();
        List<String> whole = found.logged.isEmpty() ? found.notes : found.logged;
        if (whole.isEmpty()) {
            throw new IllegalArgumentException("--checkpoint: " + file + " holds no signed note");
        }
        if (found.logged.isEmpty() && !found.pieces.isEmpty()) {
            complaints
                    .err()
                    .println("certrail verify: WARNING: " + file + ": what begins at line " + found.pieces.get(0)
                            + (found.pieces.size() > 1 ? " and at " + (found.pieces.size() - 1) + " more places" : "")
                            + " is no whole note, as a delivery leaves it that was cut short; it was passed over.");
        }
        return whole.stream().map(note -> new Outside(file.toString(), note)).toList();
    }

    private void take(String read) {
        line++;
        if (!isLogged(read)) {
            takeOfNote(read);
        }
    }

    private boolean isLogged(String read) {
        if (read.indexOf('"') < 0) {
            return false;
        }
        Matcher syslog = SYSLOG.matcher(read);
        if (syslog.find()) {
            logged.add(new String(Base64.getDecoder().decode(syslog.group(1)), UTF_8));
            return true;
        }
        Matcher json = JSON.matcher(read);
        return json.find() && isText(json.group(1));
    }

    private boolean isText(String quoted) {
        try (JsonReader reader = Json.createReader(new StringReader("[" + quoted + "]"))) {
            logged.add(reader.readArray().getString(0));
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    private void takeOfNote(String read) {
        if (read.isEmpty()) {
            if (!signatures.isEmpty()) {
                end();
            }
            ended = !text.isEmpty();
        } else if (read.startsWith(SIGNATURE) && ended) {
            signatures.append(read).append('\n');
            cut = !isWhole(read);
        } else {
            if (ended || !signatures.isEmpty()) {
                end();
            }
            if (text.isEmpty()) {
                begin = line;
            }
            text.append(read).append('\n');
        }
    }

    private static boolean isWhole(String signature) {
        String base64 = signature.substring(signature.lastIndexOf(' ') + 1);
        try {
            return Base64.getDecoder().decode(base64).length >= LEAST_SIGNATURE;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** No more is coming of the note at hand. */
    private void end() {
        if (!signatures.isEmpty() && !cut) {
            notes.add(text + "\n" + signatures);
        } else if (!text.isEmpty()) {
            pieces.add(begin);
        }
        text.setLength(0);
        signatures.setLength(0);
        ended = false;
        cut = false;
    }
}
