package io.certrail.scan.log;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a record may say of a probe, whatever its log calls it. */
public enum Field {
    ADDRESS,
    PORT,
    TIME,
    SUBJECT,
    SERIAL,
    FINGERPRINT,
    REASON,
    STATUS,
    OUTCOME,
    REQUEST_ID,
    /** The same in all records of one connection. */
    CONNECTION,
    /** What kind of record it is. */
    KIND;

    /** The word that profiles use; in a regular expression's group without the underscore. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String group() {
        return word().replace("_", "");
    }

    static Optional<Field> of(String word) {
        return Stream.of(values()).filter(field -> field.word().equals(word)).findFirst();
    }
}
