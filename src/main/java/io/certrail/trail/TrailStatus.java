package io.certrail.trail;

/** Whether the trail can be written. */
public record TrailStatus(boolean isWriting) {}
