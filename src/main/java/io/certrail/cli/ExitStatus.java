package io.certrail.cli;

/** How the process ends: what a script or a monitor goes by. */
final class ExitStatus {
    /** Done; of a verification: nothing found. */
    static final int GOOD = 0;
    /** There are findings, or what was to be checked does not hold. */
    static final int FINDINGS = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** Something could not be read or written, so that nothing can be said. */
    static final int UNREADABLE = 3;

    private ExitStatus() {}
}
