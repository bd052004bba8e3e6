package io.certrail.hook;

/** Who listens. */
final class Subscriptions {
    /** Most subscribers at a time. */
    static final int MOST = 8;

    private Subscriptions() {}
}
