package io.certrail.trail;

/**
 * Counts what was seen, whether or not it is on record: what only the recorder knows, and what makes it possible to say that
 * nothing is missing. Called by the integrator's thread, after it fixed the size of a checkpoint; must neither block nor throw.
 */
@FunctionalInterface
public interface Census {
    /** Of a trail whose records are not of connections or requests. */
    Census NONE = () -> new Count(0, Tally.NONE, Tally.NONE);

    /** What was seen since this start. */
    Count count();

    /**
     * What was seen since this start.
     *
     * @param numbered the number given to a connection last: they are 1, 2, 3…, and none is left out
     * @param connections those to TLS listeners: all that have a number, and those without one whose handshake was told or lost
     * @param requests those that were begun
     */
    record Count(long numbered, Tally connections, Tally requests) {}

    /**
     * How many there were, and how many of them will never have a record of their own. To be read in the order coalesced,
     * lost, begun: then what is told of those that begun is never too much.
     *
     * @param begun how many
     * @param coalesced how many are told together in a record that stands for several
     * @param lost how many records were lost
     */
    record Tally(long begun, long coalesced, long lost) {
        static final Tally NONE = new Tally(0, 0, 0);

        public Tally {
            if (begun < 0 || coalesced < 0 || lost < 0) {
                throw new IllegalArgumentException(
                        "counts below zero: begun " + begun + ", coalesced " + coalesced + ", lost " + lost);
            }
        }
    }
}
