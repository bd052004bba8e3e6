package io.certrail.server.http2;

import io.certrail.server.http2.HeaderFault.Part;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the fields of a request (RFC 9113 sections 8.2 and 8.3), as servers mind it. Tells names, where they are
 * harmless, and no values.
 */
final class HeaderFields {
    private static final Map<String, Pattern> PSEUDO = Map.of(
            ":method", Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+"),
            ":scheme", Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*"),
            ":authority", Pattern.compile("[!-~]*"),
            ":path", Pattern.compile("(?:[ !$&-;=?-\\[\\]_a-z~]|%[0-9A-Fa-f]{2})+"));
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
    private static final Pattern SHOWN = Pattern.compile("[!-~]{1,40}");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    /** More than servers take by default. */
    private static final int MANY = 200;

    private final Set<String> seen = new HashSet<>();
    private boolean unknown;
    private boolean regular;
    private boolean connects;
    private int count;
    private @Nullable HeaderFault found;

    /** @param name {@code null} if unknown, as may be the value */
    void take(@Nullable String name, @Nullable String value) {
        count++;
        if (name == null) {
            unknown = true;
        } else if (name.startsWith(":")) {
            pseudo(name, value);
        } else {
            regular = true;
            header(name, value);
        }
    }

    /** What is wrong, now that all are there; {@code null}: nothing that is known of. */
    @Nullable
    HeaderFault found() {
        if (found == null && !unknown) {
            missing();
        }
        if (found == null && count > MANY) {
            fail(Part.FIELDS, count + " fields");
        }
        return found;
    }

    private void pseudo(String name, @Nullable String value) {
        Pattern form = PSEUDO.get(name);
        if (form == null) {
            fail(Part.PSEUDO_HEADER, "unknown " + shown(name));
        } else if (!seen.add(name)) {
            fail(Part.PSEUDO_HEADER, "several " + name);
        } else if (regular) {
            fail(Part.PSEUDO_HEADER, name + " behind other headers");
        } else if (value != null && !form.matcher(value).matches()) {
            fail(Part.PSEUDO_HEADER, (value.isEmpty() ? "empty " : "illegal characters in ") + name);
        }
        connects |= name.equals(":method") && "CONNECT".equals(value);
    }

    private void missing() {
        if (connects) {
            boolean targeted = seen.contains(":path") || seen.contains(":scheme");
            fail(Part.PSEUDO_HEADER, targeted ? "CONNECT with :path or :scheme" : "CONNECT");
            return;
        }
        for (String name : new String[] {":method", ":scheme", ":path"}) {
            if (!seen.contains(name)) {
                fail(Part.PSEUDO_HEADER, "missing " + name);
            }
        }
    }

    private void header(String name, @Nullable String value) {
        if (!NAME.matcher(name).matches()) {
            fail(Part.HEADER, badName(name));
            return;
        }
        switch (name) {
            case "connection", "transfer-encoding" -> fail(Part.HEADER, name + ", which HTTP/2 does not have");
            case "te" -> {
                if (value != null && !value.equals("trailers")) {
                    fail(Part.HEADER, "te with another value than trailers");
                }
            }
            case "content-length" -> contentLength(name, value);
            default -> {} // any
        }
    }

    private void contentLength(String name, @Nullable String value) {
        if (value != null && !LENGTH.matcher(value).matches()) {
            fail(Part.CONTENT_LENGTH, "Content-Length is not a number, or out of range");
        } else if (!seen.add(name)) {
            fail(Part.CONTENT_LENGTH, "several Content-Length headers");
        }
    }

    private static String badName(String name) {
        if (name.isEmpty()) {
            return "a header without a name";
        }
        boolean upper = name.chars().anyMatch(each -> each >= 'A' && each <= 'Z');
        return upper ? "a header's name in upper case: " + shown(name) : "illegal character in the name of a header";
    }

    private static String shown(String name) {
        return SHOWN.matcher(name).matches() ? name : "name";
    }

    private void fail(Part part, String words) {
        found = found == null ? new HeaderFault(part, words) : found;
    }
}
