package io.certrail.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.tlog.SignedNote;
import io.certrail.verify.VerifyOptions.Outside;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints in a file that was kept elsewhere, in each form in which they arrive there: a signed note (C2SP signed-note), or
 * several with empty lines between them; a log with messages of syslog (RFC 5424), the note in their structured data; a log with the
 * lines of JSON from a standard output. What else is in a log is passed over, and so are other trails' checkpoints. For one thread.
 */
final class KeptNotes {
    private static final String ELEMENT = "[certrail@32473";
    /** Of an element, with escapes in its value: RFC 5424 section 6.3.3. Nothing is tried twice, for a line may be anybody's. */
    private static final Pattern PARAMETER =
            Pattern.compile(" ([^ =\"\\]]++)=\"((?:[^\"\\\\\\]]|\\\\.)*+)\"", Pattern.DOTALL);

    private static final String MESSAGE = " checkpoint of the audit trail: ";
    private static final String CHECKPOINT = "\"certrail\":\"checkpoint\"";
    private static final String NOTE = "\"note\":";
    private static final int SHOWN = 3;
    /** Notes that are kept of one file: some 60 MB. */
    private static final int MOST = 100_000;

    private static final String SIGNATURE = "\u2014 ";
    /** Four bytes of key id, and the shortest signature that there is. */
    private static final int LEAST_SIGNATURE = 4 + 64;

    private final @Nullable String origin;
    private final int most;
    private final List<String> notes = new ArrayList<>();
    /** How many notes there were, which of them are kept, and the last one. */
    private long count;

    private int every = 1;
    private String newest = "";
    private boolean isLog;
    /** Whether there are messages of syslog that have lost their structured data. */
    private boolean isBare;

    /** Other trails whose checkpoints are in the log. */
    private final Set<String> others = new TreeSet<>();
    /** How many pieces there are that are no whole note, and the line at which the first begins. */
    private long pieces;

    private long firstPiece;

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder signatures = new StringBuilder();
    private boolean ended;
    private boolean cut;
    private long line;
    private long begin;

    private KeptNotes(@Nullable String origin, int most) {
        this.origin = origin;
        this.most = most;
    }

    /**
     * Reads a file of any length, line by line.
     *
     * @param origin of the trail; null: of a log, all are taken
     * @param complaints hears of what is no whole note, in a sentence
     * @throws IllegalArgumentException if there is no note in it
     */
    static List<Outside> read(Path file, @Nullable String origin, PrintWriter complaints) throws IOException {
        return read(file, origin, complaints, MOST);
    }

    /** @param most how many notes are kept at a time, even */
    static List<Outside> read(Path file, @Nullable String origin, PrintWriter complaints, int most) throws IOException {
        KeptNotes found = new KeptNotes(origin, most);
        try (BoundedLines lines = BoundedLines.of(file)) {
            for (String each = lines.next(); each != null; each = lines.next()) {
                found.take(each);
            }
        }
        found.end();
        if (found.every > 1) {
            found.notes.add(found.newest);
            complaints.println("certrail verify: WARNING: " + file + " holds " + found.count + " checkpoints: 1 of "
                    + found.every + " is looked at.");
        }
        if (found.notes.isEmpty()) {
            throw new IllegalArgumentException("--checkpoint: " + file + found.lacks());
        }
        if (!found.isLog && found.pieces > 0) {
            complaints.println("certrail verify: WARNING: " + file + ": what begins at line " + found.firstPiece
                    + (found.pieces > 1 ? " and at " + (found.pieces - 1) + " more places" : "")
                    + " is no whole note, as a delivery leaves it that was cut short; it was passed over.");
        }
        return found.notes.stream()
                .map(note -> new Outside(file.toString(), note))
                .toList();
    }

    private String lacks() {
        if (isBare) {
            return " holds messages of checkpoints without their notes: the syslog server has to keep structured data";
        }
        return others.isEmpty()
                ? " holds no signed note"
                : " holds no checkpoint of " + origin + ", but of " + HarmlessText.of(String.join(", ", others));
    }

    /** Keeps a note, or of very many each second, fourth and so on, and the last. */
    private void add(String note) {
        newest = note;
        if (count++ % every != 0) {
            return;
        }
        notes.add(note);
        if (notes.size() == most) {
            every *= 2;
            for (int i = 0; i < most / 2; i++) {
                notes.set(i, notes.get(2 * i));
            }
            notes.subList(most / 2, most).clear();
        }
    }

    private void take(String kept) {
        line++;
        String read = ContainerLine.text(kept);
        if (!isLogged(read)) {
            isBare |= read.contains(MESSAGE);
            takeOfNote(read);
        }
    }

    private boolean isLogged(String read) {
        if (read.indexOf('"') < 0) {
            return false;
        }
        if (isInStructuredData(read)) {
            return true;
        }
        int checkpoint = read.indexOf(CHECKPOINT);
        int note = checkpoint < 0 ? -1 : read.indexOf(NOTE, checkpoint);
        return note >= 0 && takeQuoted(read, note + NOTE.length());
    }

    /** Of an element and one begun within its value, one ends where a third begins: no part of a line is read often. */
    private boolean isInStructuredData(String read) {
        Matcher parameter = PARAMETER.matcher(read);
        for (int element = read.indexOf(ELEMENT); element >= 0; element = read.indexOf(ELEMENT, element + 1)) {
            parameter.region(element + ELEMENT.length(), read.length());
            while (parameter.lookingAt()) {
                if (parameter.group(1).equals("note") && takeEncoded(parameter.group(2))) {
                    return true;
                }
                parameter.region(parameter.end(), read.length());
            }
        }
        return false;
    }

    private boolean takeEncoded(String base64) {
        try {
            return !base64.isEmpty()
                    && takeLogged(new String(Base64.getDecoder().decode(base64), UTF_8));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @param from where in the line the quote stands that begins it */
    private boolean takeQuoted(String read, int from) {
        int end = from + 1;
        while (end < read.length() && read.charAt(end) != '"') {
            end += read.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= read.length() || read.charAt(from) != '"') {
            return false;
        }
        try (JsonReader reader = Json.createReader(new StringReader("[" + read.substring(from, end + 1) + "]"))) {
            return takeLogged(reader.readArray().getString(0));
        } catch (JsonException e) {
            return false;
        }
    }

    private boolean takeLogged(String note) {
        isLog = true;
        String from = note.substring(0, Math.max(0, note.indexOf('\n')));
        if (origin == null || from.equals(origin)) {
            add(note);
        } else {
            if (others.size() < SHOWN) {
                others.add(from);
            }
        }
        return true;
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
            if (text.length() + read.length() < SignedNote.MAX_LENGTH) { // else it is none
                text.append(read).append('\n');
            }
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
            add(text + "\n" + signatures);
        } else if (!text.isEmpty()) {
            firstPiece = pieces++ == 0 ? begin : firstPiece;
        }
        text.setLength(0);
        signatures.setLength(0);
        ended = false;
        cut = false;
    }
}
