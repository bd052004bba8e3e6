package io.certrail.event;

/** Who turned a client or a request away: {@code audit.refused_by}. */
public enum RefusedBy {
    TLS("tls"),
    HTTP_PARSER("http-parser"),
    /** The container's authentication or security constraints. */
    CONTAINER("container"),
    APPLICATION("application"),
    /** Certrail itself, because the trail cannot be written. */
    AUDIT("audit");

    private final String id;

    RefusedBy(String id) {
        this.id = id;
    }

    /** The word that stands in a record and in a metric's label. */
    public String id() {
        return id;
    }
}
