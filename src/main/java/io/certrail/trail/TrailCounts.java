package io.certrail.trail;

/**
 * What became of the entries since the trail was opened: {@code seen = recorded + lost + queued}, at every moment. The
 * trail's own records count as seen and recorded when they are on disk, so that {@code recorded} is the number of lines
 * that this life of the trail left there.
 *
 * @param seen entries appended, and own records
 * @param recorded forced to disk
 * @param lost told as lost
 * @param queued neither yet
 */
public record TrailCounts(long seen, long recorded, long lost, long queued) {
    public TrailCounts {
        if (recorded < 0 || lost < 0 || queued < 0 || seen != recorded + lost + queued) {
            throw new IllegalArgumentException("expected seen = recorded + lost + queued, none negative, not " + seen
                    + ", " + recorded + ", " + lost + ", " + queued);
        }
    }
}
