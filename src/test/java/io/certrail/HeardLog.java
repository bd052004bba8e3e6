package io.certrail;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a logger says during a test: a field of the test's, registered as an extension. */
public final class HeardLog extends Handler implements BeforeEachCallback, AfterEachCallback {
    private final Logger logger;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public HeardLog(String name) {
        logger = Logger.getLogger(name);
        setLevel(Level.ALL);
    }

    /** As they came, without their parameters. */
    public List<String> messages() {
        return messages;
    }

    /** As a reader of the log sees them. */
    public List<String> lines() {
        return lines;
    }

    /** Those that begin so. */
    public List<String> messages(String beginning) {
        return messages.stream()
                .filter(message -> message.startsWith(beginning))
                .toList();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        logger.addHandler(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.removeHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(new SimpleFormatter().formatMessage(record));
        messages.add(record.getMessage());
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        // nothing is open
    }
}
