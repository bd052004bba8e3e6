package io.certrail.cli;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Severity;
import io.certrail.scan.report.HtmlReport;
import io.certrail.scan.report.JsonReport;
import io.certrail.scan.report.JunitReport;
import io.certrail.scan.report.SarifReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A form in which a report is written.
 *
 * @param file null: to standard output
 */
record ScanFormat(Kind kind, @Nullable Path file) {
    static final ScanFormat TEXT = new ScanFormat(Kind.TEXT, null);

    /** The forms. */
    enum Kind {
        TEXT,
        JSON,
        SARIF,
        HTML,
        JUNIT;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** For completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Kind.values()).map(Kind::id).iterator();
        }
    }

    /**
     * Reads {@code json} or {@code json=FILE}.
     *
     * @throws IllegalArgumentException if it is neither, or no such file can be made; tell the user
     */
    static ScanFormat parse(String text) {
        String[] parts = text.split("=", 2);
        for (Kind kind : Kind.values()) {
            if (kind.id().equals(parts[0])) {
                return new ScanFormat(kind, parts.length == 1 ? null : file(text, Path.of(parts[1])));
            }
        }
        throw new IllegalArgumentException(text + ": expected one of " + String.join(", ", new Names()));
    }

    private static Path file(String text, Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (file.toString().isEmpty() || parent == null || Files.isDirectory(file)) {
            throw new IllegalArgumentException(text + ": expected the name of a file");
        }
        if (!Files.isDirectory(parent)) {
            throw new IllegalArgumentException(text + ": there is no folder " + parent);
        }
        if (!Files.isWritable(parent)) {
            throw new IllegalArgumentException(text + ": this user may not write to " + parent);
        }
        return file;
    }

    /** @param failOn the least severity that is a failure in JUnit's XML */
    void write(ScanReport report, Severity failOn, ScanText text, PrintWriter out) throws IOException {
        String written =
                switch (kind) {
                    case TEXT -> text.report(report);
                    case JSON -> JsonReport.write(report);
                    case SARIF -> SarifReport.write(report);
                    case HTML -> HtmlReport.write(report);
                    case JUNIT -> JunitReport.write(report, failOn);
                };
        Path to = file;
        if (to == null) {
            out.print(written);
            out.flush();
        } else {
            replace(to, written);
        }
    }

    /** At once: whoever reads the file meanwhile reads the old one. Others may write the folder: no link of theirs is followed. */
    private static void replace(Path to, String written) throws IOException {
        Path beside = to.resolveSibling(to.getFileName() + ".new");
        Files.deleteIfExists(beside);
        Files.writeString(beside, written, CREATE_NEW, WRITE);
        Files.move(beside, to, ATOMIC_MOVE);
    }
}
