package io.certrail.scan.finding;

/** The class of a happening, and so of the signal that a log should hold of it. */
public enum Signal {
    /** Handshakes, certificates, and the verdict on them. */
    AUTHENTICATION("authentication"),
    /** What an authenticated client may not do. */
    AUTHORIZATION("authorization"),
    /** What cannot be understood, or is none of the server's. */
    INPUT("input"),
    /** Secrets and foreign text that get into the log, or the log's words that get out. */
    DATA_EXPOSURE("data-exposure"),
    /** Clients that break off, stall, or make the server fail. */
    AVAILABILITY("availability");

    private final String id;

    Signal(String id) {
        this.id = id;
    }

    /** The word that stands in a finding's id. */
    public String id() {
        return id;
    }

    /** Whether a missing signal weighs one step less: what is told is a nuisance before it is an intrusion. */
    boolean isMinor() {
        return this == INPUT || this == AVAILABILITY;
    }
}
