package io.certrail.trail;

/**
 * What became of the entries since the trail was opened: {@code seen = recorded + lost + coalesced + queued}, at
 * every moment. The trail's own records count as seen and recorded when they are on disk, so that {@code recorded} is the number of lines
 * that this life of the trail left there.
 *
 * @param seen entries appended, own records, and what was coalesced
 * @param recorded forced to disk
 * @param lost told as lost
 * @param coalesced told, or about to be told, within the entry of others
 * @param queued none of these yet
 */
public record TrailCounts(long seen, long recorded, long lost, long coalesced, long queued) {
    public TrailCounts {
        boolean negative = recorded < 0 || lost < 0 || coalesced < 0 || queued < 0;
        if (negative || seen != recorded + lost + coalesced + queued) {
            throw new IllegalArgumentException(
                    "expected seen = recorded + lost + coalesced + queued, none negative, not " + seen + ", " + recorded
                            + ", " + lost + ", " + coalesced + ", " + queued);
        }
    }
}
