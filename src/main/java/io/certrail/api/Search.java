package io.certrail.api;

import io.certrail.config.CertrailConfig;
import io.certrail.event.NamedValue;
import io.certrail.event.Outcome;
import io.certrail.event.TrailEvent;
import io.certrail.index.ExpiryWatch;
import io.certrail.index.IndexFeed;
import io.certrail.index.IndexOptions;
import io.certrail.index.IndexState;
import io.certrail.index.RecordIndex;
import io.certrail.index.SeenCertificate;
import io.certrail.index.lucene.LuceneIndex;
import io.certrail.index.postgresql.PostgresIndex;
import io.certrail.recorder.Recorder;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Owns the index and its feed while the application runs. What goes wrong with them is logged and answered with 503; nothing else of the application
 * is affected. Safe for use by any thread.
 */
@ApplicationScoped
public class Search {
    private static final Logger LOG = System.getLogger(Search.class.getName());
    /** The engine of an index that there is not. */
    static final String NO_ENGINE = "none";

    private static final int RETRY_AFTER_SECONDS = 30;

    @Inject
    @Nullable
    Recorder recorder;

    @Inject
    @Nullable
    Trail trail;

    @Inject
    @Nullable
    CertrailConfig config;

    private volatile @Nullable RecordIndex index;
    private volatile @Nullable IndexFeed feed;
    private volatile @Nullable Retries retries;
    /** Kept once it was found: names of the application's own, as java:app, only the deployment's thread may find. */
    private volatile @Nullable DataSource source;

    private boolean ended;
    /** How long after a failure the start is tried again. */
    Duration retry = IndexOptions.RETRY;

    private volatile String known = "unknown";
    private volatile String absent = "it has not started";

    /** For the container. */
    public Search() {}

    /** Opens the index and begins to feed it, unless it is switched off; what fails is tried again until the end. */
    void begin() {
        if (isSwitchedOff()) {
            absent = "it is switched off: certrail.index";
        } else if (!attempt()) {
            retries = Retries.start(this::attempt, retry, "certrail-index-start");
        }
    }

    private boolean attempt() {
        CertrailConfig chosen = Objects.requireNonNull(config);
        try {
            start(chosen.index(), chosen.trail().folder());
            return true;
        } catch (Throwable e) { // a database that is away, or another deployment that has not let go of the folder yet
            failed(e.toString());
            return false;
        }
    }

    private void failed(String words) {
        if (!words.equals(absent)) {
            absent = words;
            LOG.log(
                    Level.ERROR,
                    "CTR0821 There is no index, and no search; recording goes on. It is tried again: {0}",
                    words);
        }
    }

    private void start(IndexOptions options, Path folder) throws IOException {
        TrailFiles files = TrailFiles.onDisk();
        String origin = Proofs.origin(files, folder);
        known = origin;
        RecordIndex opened = open(options, origin, files, folder);
        boolean fed = false;
        try {
            fed = feed(opened, options, origin, folder);
        } finally {
            if (!fed) {
                opened.close(); // also lets go of its lock, so that the next attempt can open it
            }
        }
    }

    /** @return false if all has ended meanwhile */
    private synchronized boolean feed(RecordIndex opened, IndexOptions options, String origin, Path folder) {
        if (ended) {
            return false;
        }
        ExpiryWatch expiry = new ExpiryWatch(options.expiringDays(), this::tell, Clock.systemUTC());
        feed = IndexFeed.start(
                opened,
                TrailFiles.onDisk(),
                folder,
                origin,
                Objects.requireNonNull(trail)::durable,
                expiry,
                Clock.systemUTC());
        index = opened;
        return true;
    }

    RecordIndex open(IndexOptions options, String origin, TrailFiles files, Path folder) throws IOException {
        String name = options.dataSource();
        return name == null
                ? LuceneIndex.open(options.folder(), origin, files, folder)
                : PostgresIndex.open(source(name));
    }

    private DataSource source(String name) throws IOException {
        DataSource known = source;
        if (known == null) {
            known = find(name);
            source = known;
        }
        return known;
    }

    @SuppressWarnings(
            "BanJNDI") // the operator's own name, which leads nowhere out of the server: see the configuration
    DataSource find(String name) throws IOException {
        try {
            return InitialContext.<DataSource>doLookup(name);
        } catch (NamingException | ClassCastException e) {
            throw new IOException(
                    "certrail.index.data-source: the server has no data source " + name + " (" + e + ")", e);
        }
    }

    private void tell(SeenCertificate seen, int days) {
        Recorder to = Objects.requireNonNull(recorder);
        to.record(new TrailEvent(
                TrailEvent.CERTIFICATE_EXPIRING,
                to.now(),
                Outcome.SUCCESS,
                null,
                List.of(
                        new NamedValue("sha256", seen.certificate().sha256()),
                        new NamedValue("subject", seen.certificate().subject()),
                        new NamedValue("issuer", seen.certificate().issuer()),
                        new NamedValue("serial_number", seen.certificate().serial()),
                        new NamedValue(
                                "not_after", String.valueOf(seen.certificate().notAfter())),
                        new NamedValue("last_seen", seen.lastSeen().toString()),
                        new NamedValue("threshold_days", Integer.toString(days)))));
    }

    /**
     * The index.
     *
     * @throws ServiceUnavailableException if there is none now
     */
    RecordIndex index() {
        RecordIndex there = index;
        if (there == null) {
            throw new ServiceUnavailableException((long) RETRY_AFTER_SECONDS);
        }
        return there;
    }

    /** Whether the operator wants no index. */
    boolean isSwitchedOff() {
        return !Objects.requireNonNull(config).index().enabled();
    }

    /** How the feeding goes. */
    IndexState state() {
        IndexFeed now = feed;
        return now == null
                ? new IndexState(NO_ENGINE, 0, Objects.requireNonNull(trail).nextSequence(), absent)
                : now.state();
    }

    /** The time. */
    Instant now() {
        return Clock.systemUTC().instant();
    }

    /** The longest of the times before their end at which certificates are told of, in days. */
    int longestExpiringDays() {
        return Objects.requireNonNull(config).index().expiringDays().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    /** Under which name this server's trail is known. */
    String origin() {
        return known;
    }

    /** Tries no more, stops feeding and closes the index. Called twice, it does nothing. */
    @PreDestroy
    void end() {
        Retries trying = retries;
        retries = null;
        if (trying != null) {
            trying.close();
        }
        stop();
    }

    private synchronized void stop() {
        ended = true;
        IndexFeed fed = feed;
        RecordIndex open = index;
        feed = null;
        index = null;
        absent = "it has stopped";
        try {
            if (fed != null) {
                fed.close();
            }
            if (open != null) {
                open.close();
            }
        } catch (IOException | RuntimeException | LinkageError e) { // its classes may be gone with the application
            LOG.log(Level.WARNING, "CTR0822 The index did not close in order; it catches up at the next start", e);
        }
    }
}
