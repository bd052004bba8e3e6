package io.certrail.verify;

/**
 * Something that a verification found.
 *
 * @param detail what exactly; may quote the trail, so not to be shown on a terminal as it is
 */
public record Finding(FindingKind kind, Place place, String detail) {}
