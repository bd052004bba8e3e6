package io.certrail.bench.append;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/** A table in SQLite, as fast as it can be had: WAL, {@code synchronous=FULL}, all that wait in one transaction. */
final class SqliteTable implements RecordLog {
    private final Connection connection;
    private final PreparedStatement insert;
    private final BlockingQueue<Row> queue = new ArrayBlockingQueue<>(4096);
    private final Thread writer = new Thread(this::write, "sqlite-writer");

    SqliteTable(Path folder) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sqlite"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("CREATE TABLE record (sequence INTEGER PRIMARY KEY, line BLOB NOT NULL)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO record (line) VALUES (?)");
        writer.start();
    }

    private record Row(byte[] line, CompletableFuture<Void> committed) {}

    @Override
    public void append(byte[] line) throws Exception {
        Row row = new Row(line, new CompletableFuture<>());
        queue.put(row);
        row.committed().get();
    }

    private void write() {
        List<Row> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch);
                commit(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void commit(List<Row> batch) {
        try {
            for (Row row : batch) {
                insert.setBytes(1, row.line());
                insert.executeUpdate();
            }
            connection.commit();
            batch.forEach(row -> row.committed().complete(null));
        } catch (SQLException e) {
            batch.forEach(row -> row.committed().completeExceptionally(e));
        }
    }

    @Override
    public void close() throws Exception {
        writer.interrupt();
        writer.join();
        connection.close();
    }
}
