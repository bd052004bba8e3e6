package io.certrail.scan.finding;

/**
 * A probe that was not made.
 *
 * @param why and what would make it possible
 * @param lost whether it was to be made all the same, and found no connection
 */
public record Untested(String probe, String title, String why, boolean lost) {
    /** One for which something is missing. */
    public Untested(String probe, String title, String why) {
        this(probe, title, why, false);
    }

    /**
     * One that found no connection, or whose version's good client found none.
     *
     * @param trouble what kept it from one, in words
     */
    public static Untested lost(String probe, String title, String trouble) {
        return new Untested(probe, title, "no connection was made: " + trouble, true);
    }
}
