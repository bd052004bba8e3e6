package io.certrail.bench.search;

import io.certrail.bench.trail.LargeTrail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tools that read the trail's files: {@code grep}, {@code rg}, and DuckDB in this process. */
final class FileTools {
    private final LargeTrail trail;

    FileTools(LargeTrail trail) {
        this.trail = trail;
    }

    /** Whether a command is on the PATH. */
    static boolean isThere(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** The lines that match, counted, by a process of its own; its start is a part of what it takes. */
    long run(List<String> command, Asked asked) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.add(asked.pattern());
        for (Path segment : trail.segments()) {
            all.add(segment.toString());
        }
        var builder = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C"); // bytes, as in the file: what makes grep fast
        Process process = builder.start();
        long found;
        try (var lines = process.inputReader()) {
            found = lines.lines().count();
        }
        if (process.waitFor() > 1) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return found;
    }

    /** A DuckDB that knows the fields that are asked for, and nothing is loaded. */
    Connection duckDb() throws SQLException, IOException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        String files = trail.segments().stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("create view record as select * from read_json([" + files
                    + "], format = 'newline_delimited', columns = {time: 'VARCHAR', client: 'STRUCT(address VARCHAR)',"
                    + " tls: 'STRUCT(client STRUCT(subject VARCHAR))', http: 'STRUCT(request STRUCT(id VARCHAR))',"
                    + " audit: 'STRUCT(\"sequence\" BIGINT)'})");
        }
        return connection;
    }

    /** The numbers of the newest hundred records that match. */
    static long query(Connection connection, Asked asked) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select audit.sequence from record where " + asked.condition()
                        + " order by audit.sequence desc limit 100")) {
            long found = 0;
            while (rows.next()) {
                found++;
            }
            return found;
        }
    }
}
