package io.certrail.server.http2;

/**
 * What is wrong with a header block.
 *
 * @param words of it no value
 */
public record HeaderFault(Part part, String words) {
    /** What it is of. */
    public enum Part {
        PSEUDO_HEADER,
        /** Any other field, or the block's compression. */
        HEADER,
        CONTENT_LENGTH,
        /** The fields are too many. */
        FIELDS
    }
}
