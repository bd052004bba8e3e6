package io.certrail.metrics;

/**
 * Tells series of one meter apart.
 *
 * @param value from a closed set
 */
public record Label(String name, String value) {}
