package io.certrail.trail;

/** seen = recorded + lost + queued. */
public record TrailCounts(long seen, long recorded, long lost, long queued) {}
