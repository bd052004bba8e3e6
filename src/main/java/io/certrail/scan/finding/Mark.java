package io.certrail.scan.finding;

/**
 * The answer to one check about one probe.
 *
 * @param note what is missing or wrong, in words; empty where nothing is to be told
 */
public record Mark(Grade grade, String note) {
    private static final Mark PASSED = new Mark(Grade.PASS, "");

    public static Mark pass() {
        return PASSED;
    }

    public static Mark partial(String note) {
        return new Mark(Grade.PARTIAL, note);
    }

    public static Mark fail(String note) {
        return new Mark(Grade.FAIL, note);
    }

    /** @param why the question does not arise */
    public static Mark notApplicable(String why) {
        return new Mark(Grade.NOT_APPLICABLE, why);
    }

    /** Passed or failed with that note. */
    public static Mark of(boolean passed, String note) {
        return passed ? PASSED : fail(note);
    }
}
