package io.certrail.scan.finding;

/**
 * A probe that was not made.
 *
 * @param why and what would make it possible
 */
public record Untested(String probe, String title, String why) {}
