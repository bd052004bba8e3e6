package io.certrail.verify;

/** Hears how far a verification is, about once a megabyte. */
@FunctionalInterface
public interface Progress {
    /** Nobody who hears. */
    Progress NONE = (done, all) -> {};

    /** @param done bytes of records looked at */
    void at(long done, long all);
}
