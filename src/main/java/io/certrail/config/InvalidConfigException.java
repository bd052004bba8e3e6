package io.certrail.config;

import io.certrail.event.Text;

/**
 * A configuration that Certrail does not start with. The operator corrects the key that it names; its message is one
 * line, made for them.
 */
public final class InvalidConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_VALUE = 200;

    private final String key;

    private InvalidConfigException(String key, String message) {
        super(message);
        this.key = key;
    }

    /**
     * A value that its key does not take.
     *
     * @param expected what the key takes, as in "is not <i>expected</i>"
     */
    static InvalidConfigException value(String key, String value, String expected) {
        return new InvalidConfigException(key, "CTR0001 " + key + ": \"" + shown(value) + "\" is not " + expected);
    }

    /**
     * A key that does not exist. Its value is not shown: nobody knows what it is.
     *
     * @param hint what to do instead
     */
    static InvalidConfigException unknownKey(String key, String hint) {
        return new InvalidConfigException(key, "CTR0002 " + shown(key) + ": there is no such key; " + hint);
    }

    /** The key to correct. */
    public String key() {
        return key;
    }

    private static String shown(String text) {
        return Text.bounded(text, MAX_VALUE).replaceAll("\\p{C}", "?");
    }
}
