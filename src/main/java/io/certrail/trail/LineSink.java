package io.certrail.trail;

/** Takes a line as it lies in a buffer, without a copy. */
@FunctionalInterface
public interface LineSink {
    /**
     * Takes a line.
     *
     * @param array holds it, without its newline; to be read now and not kept
     */
    void line(byte[] array, int offset, int length);
}
