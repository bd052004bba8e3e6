package io.certrail.config;

import java.util.Locale;

/** The keys, in the order in which they are told. What the README says of them is checked against this table. */
public enum ConfigKey {
    TRAIL_FOLDER(
            "certrail.trail.folder",
            "path",
            "certrail-trail",
            "Folder of the trail, made if it is missing; a relative path starts at the server's working directory."
                    + " One application writes it: a second one is refused."),
    DURABILITY(
            "certrail.durability",
            "`none`, `answer`, `work`",
            "answer",
            "`none`: records are queued, a crash loses the last ones. `answer`: a request's record is on disk before"
                    + " its answer is complete, as long as the answer fits the server's buffer. `work`: its arrival is"
                    + " on disk, too, before the application runs."),
    ON_FAILURE(
            "certrail.on-failure",
            "`refuse`, `continue`",
            "refuse",
            "While the trail cannot be written: `refuse` answers 503 and turns readiness down; `continue` serves,"
                    + " counts what is lost, and records the gap afterwards."),
    ANSWER_WAIT(
            "certrail.answer-wait",
            "time",
            "2s",
            "Longest that an answer waits for its record; then `certrail.on-failure` decides."),
    SEGMENT_SIZE(
            "certrail.trail.segment-size",
            "size",
            "64MiB",
            "A new file is begun when the trail's current one has reached this size."),
    SEGMENT_AGE(
            "certrail.trail.segment-age",
            "time",
            "24h",
            "A new file is begun when the trail's current one has reached this age."),
    QUEUE_RECORDS(
            "certrail.trail.queue-records",
            "records",
            "65536",
            "Most records held in memory until they are on disk. One more is lost, counted, and told in an `audit.gap`;"
                    + " with `refuse` its request gets 503."),
    QUEUE_SIZE(
            "certrail.trail.queue-size",
            "size",
            "64MiB",
            "Most bytes of records held likewise, with the same consequence. This much memory may be used."),
    LINGER(
            "certrail.trail.linger",
            "time",
            "10ms",
            "How long records that nobody waits for are gathered before they are written."),
    FORCE_INTERVAL(
            "certrail.trail.force-interval",
            "time",
            "1s",
            "Longest that written records which nobody waits for are not yet forced to disk: what a crash of the"
                    + " machine can take. `0s`: every batch is forced."),
    RETRY_INTERVAL(
            "certrail.trail.retry-interval",
            "time",
            "1s",
            "How often writing is tried again while the trail cannot be written."),
    WAL_SIZE(
            "certrail.trail.wal-size",
            "size",
            "16MiB",
            "Size of the trail's write-ahead log, in which records become durable faster than in the growing files;"
                    + " made once and reused. From `64KiB`; `0`: none, every batch that somebody waits for is forced into"
                    + " its file."),
    RETENTION_AGE(
            "certrail.trail.retention.age",
            "time",
            Setting.UNLIMITED,
            "Files of the trail last written longer ago are deleted, each told in a record before; after a jump of the clock ahead,"
                    + " not before that has run evenly for a day (`CTR0309`). A stop of more than two hours looks like such a jump: in"
                    + " the day after it nothing is deleted that was not too old before. The day goes on over stops and suspends of"
                    + " less than a day, and ends six hours after such a stop at the soonest. `unlimited`: none."),
    RETENTION_SIZE(
            "certrail.trail.retention.size",
            "size",
            Setting.UNLIMITED,
            "The oldest files of the trail are deleted while all together are larger, each told in a record before."
                    + " `unlimited`: none."),
    CHECKPOINT_INTERVAL(
            "certrail.checkpoint.interval",
            "time",
            "1s",
            "Between signed checkpoints while there are new records. What is newer than the last one can be cut off"
                    + " unnoticed."),
    CHECKPOINT_IDLE(
            "certrail.checkpoint.idle",
            "time",
            "1h",
            "Without new records a checkpoint is signed this often, so that a time without any is seen to be one."),
    KEY(
            "certrail.key",
            "path",
            Setting.IN_TRAIL,
            "File of the private key that signs checkpoints, mode 0600. `in-trail`: `key` in the trail's folder. Made"
                    + " with a new trail; if it is missing later the start is refused."),
    ORIGIN(
            "certrail.origin",
            "name",
            Setting.GENERATED,
            "Name of the log in checkpoints and keys, visible ASCII without `+`, unique in the world. `generated`: the"
                    + " host's name and random digits, made with the key. It never changes."),
    SERVED_ALWAYS(
            "certrail.served-always",
            "paths between commas",
            "/health,/metrics",
            "Answered also while the trail cannot be written, and never waiting for their records: so that a server"
                    + " that refuses can be watched, and is not restarted for it."),
    CONNECTIONS_MAX_OPEN(
            "certrail.connections.max-open",
            "connections",
            "65536",
            "Most open connections that are followed at a time. Of one above it only the beginning is recorded, as"
                    + " `not_followed`, and its requests."),
    FLOOD_RATE(
            "certrail.flood.rate",
            "records a second",
            "100",
            "Refused handshakes and requests of one client address (of IPv6, one /64) and one reason that have records"
                    + " of their own when they go on and on. The rest is counted, and told in `audit.flood`. `unlimited`:"
                    + " each has its record."),
    FLOOD_BURST(
            "certrail.flood.burst", "records", "10000", "How many of them may come at once before that rate holds."),
    FLOOD_PERIOD(
            "certrail.flood.period",
            "time",
            "10s",
            "How often what was counted is told. If the process is killed, the counts since are lost."),
    FLOOD_SOURCES(
            "certrail.flood.sources",
            "pairs of address and reason",
            "4096",
            "Most that are told apart at a time. Beyond, all addresses are counted together for each reason, as"
                    + " `others`."),
    CHECKPOINT_TO(
            "certrail.checkpoint.to",
            "places between commas",
            Setting.NONE,
            "Where each checkpoint of the trail goes besides: `stdout`, `file:/path`, `syslog:host:port` (over TLS),"
                    + " `witness:https://host/prefix#verifier-key`. `none`: who can rewrite the trail and its key can"
                    + " rewrite all that there is."),
    CHECKPOINT_PACE(
            "certrail.checkpoint.pace",
            "time",
            "1s",
            "Shortest time between two deliveries to one place. Of the checkpoints made in between, the newest is"
                    + " delivered: it says all that the others did."),
    CHECKPOINT_TIMEOUT(
            "certrail.checkpoint.timeout",
            "time",
            "10s",
            "Longest that a syslog receiver or a witness may take; then it is tried again, ever more rarely. Nothing"
                    + " else waits for it."),
    CHECKPOINT_TLS_TRUST(
            "certrail.checkpoint.tls.trust",
            "path",
            Setting.NONE,
            "PEM file with the authorities of syslog receivers and witnesses. `none`: those that the JDK trusts."),
    CHECKPOINT_TLS_KEY_STORE(
            "certrail.checkpoint.tls.key-store",
            "path",
            Setting.NONE,
            "PKCS #12 file with Certrail's own key and certificate, for receivers that ask for one. `none`: it has"
                    + " none."),
    CHECKPOINT_TLS_KEY_STORE_PASSWORD_FILE(
            "certrail.checkpoint.tls.key-store-password-file",
            "path",
            Setting.NONE,
            "File whose first line is that file's password: settings are on record, so the password itself is none."),
    ROLES(
            "certrail.roles",
            "names between commas",
            "reporter,auditor",
            "Roles that are looked up for a request's `user.roles`: a container answers only whether a user is in a"
                    + " role, not which ones."),
    INDEX(
            "certrail.index",
            "`on`, `off`",
            "on",
            "`on`: `certrail.war` keeps an index of the trail, and answers searches. `off`: it does not, and searches"
                    + " get 503. Recording is the same with both."),
    INDEX_FOLDER(
            "certrail.index.folder",
            "path",
            "index",
            "Folder of the embedded index, in which no other files lie (folders are left alone: it may be a volume's root); a"
                    + " relative path starts in the trail's folder. It can be deleted while the server is down: it is made anew from the"
                    + " trail."),
    INDEX_DATA_SOURCE(
            "certrail.index.data-source",
            "JNDI name, or `none`",
            Setting.NONE,
            "A data source of the server's, such as `jdbc/certrail`, that leads to a PostgreSQL: the index is there instead, and"
                    + " all servers that name the same database share one view. Each needs an origin of its own."),
    CERTIFICATES_EXPIRING(
            "certrail.certificates.expiring",
            "days between commas, or `none`",
            "30,7,1",
            "How long before an accepted client certificate's end a `certificate.expiring` goes on record, once for"
                    + " each."),
    API_RATE(
            "certrail.api.requests-per-minute",
            "requests",
            "600",
            "How many searches and bundles of entries a client certificate may ask for in a minute; one more gets 429"
                    + " with `Retry-After`."),
    API_STREAMS(
            "certrail.api.streams", "streams", "16", "Most `/api/stream` that are open at a time; one more gets 503."),
    SELF_CHECK(
            "certrail.self-check",
            "time, or `off`",
            Setting.OFF,
            "How long after one self-check of `certrail.war` the next one begins, from `10s`: the server is scanned by"
                    + " itself, and `GET /api/scan` shows the last report. `off`: it is not."),
    SELF_CHECK_URL(
            "certrail.self-check.url",
            "URL",
            Setting.OWN_LISTENER,
            "What is checked: `https://host:port`, as the server's certificate names the host. `own-listener`: the first"
                    + " TLS listener of this server, as `localhost` where it is bound to that or to all addresses."),
    SELF_CHECK_CLIENTS(
            "certrail.self-check.clients",
            "path",
            Setting.NONE,
            "Folder of the probes' certificates: `clients/good.p12` of a client that may post events, and"
                    + " `clients/expired.p12` and so on, as `certrail scan --pki` takes it. Must be given with"
                    + " `certrail.self-check`; probes whose file is not there are not made."),
    SELF_CHECK_PASSWORD_FILE(
            "certrail.self-check.password-file",
            "path",
            Setting.NONE,
            "File whose first line is the password of those files. Must be given with `certrail.self-check`."),
    SELF_CHECK_TRUST(
            "certrail.self-check.trust",
            "path",
            Setting.NONE,
            "PEM file with the root of the server's certificate. `none`: `root.pem` in that folder."),
    SELF_CHECK_TIMEOUT(
            "certrail.self-check.timeout",
            "time",
            "5m",
            "Longest that a self-check may take, usually less than a minute; then it is ended, and told as failed."),
    SELF_CHECK_STALL(
            "certrail.self-check.stall",
            "time",
            "8s",
            "Longest that a stalling client of a self-check holds on: choose it longer than the server's timeouts.");

    private final String key;
    private final String unit;
    private final String defaultValue;
    private final String effect;

    ConfigKey(String key, String unit, String defaultValue, String effect) {
        this.key = key;
        this.unit = unit;
        this.defaultValue = defaultValue;
        this.effect = effect;
    }

    /** The key as MicroProfile Config knows it. */
    public String key() {
        return key;
    }

    /** What the value is: its unit, or the words that it may be. Markdown. */
    public String unit() {
        return unit;
    }

    /** The value where nothing is configured. */
    public String defaultValue() {
        return defaultValue;
    }

    /** What it does, and what follows from that. Markdown. */
    public String effect() {
        return effect;
    }

    /** The environment variable that MicroProfile Config reads for it (MicroProfile Config 3.1, section 5.3.1). */
    String environmentVariable() {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
