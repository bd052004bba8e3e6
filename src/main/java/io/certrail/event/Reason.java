package io.certrail.event;

import java.util.Locale;

/**
 * Why something was refused or failed: {@code error.type}. One list for all servers and JDKs; where RFC 8446 section
 * 6.2 has a name for it, that name.
 */
public enum Reason {
    // the certificate
    CERTIFICATE_REQUIRED,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_YET_VALID,
    CERTIFICATE_REVOKED,
    REVOCATION_UNKNOWN,
    UNKNOWN_CA,
    SELF_SIGNED,
    WRONG_KEY_USAGE,
    WEAK_CERTIFICATE,
    INVALID_CA,
    PATH_LENGTH_EXCEEDED,
    NAME_CONSTRAINTS_VIOLATED,
    POLICY_VIOLATED,
    BAD_CERTIFICATE_SIGNATURE,
    UNKNOWN_CRITICAL_EXTENSION,
    BAD_CERTIFICATE_VERIFY,
    BAD_CERTIFICATE,
    // the negotiation
    UNSUPPORTED_PROTOCOL,
    NO_SHARED_CIPHER,
    NO_SHARED_GROUP,
    NO_SHARED_SIGNATURE_ALGORITHM,
    NO_APPLICATION_PROTOCOL,
    UNRECOGNIZED_NAME,
    BAD_SNI,
    // the client gave up; an alert of the client's is Fault.clientAlert
    CLIENT_ABORTED,
    CLIENT_RESET,
    NO_DATA,
    HANDSHAKE_TIMEOUT,
    // not TLS, or broken TLS
    NOT_TLS_HTTP,
    NOT_TLS_GARBAGE,
    RECORD_OVERFLOW,
    DECODE_ERROR,
    ILLEGAL_PARAMETER,
    MISSING_EXTENSION,
    UNEXPECTED_MESSAGE,
    BAD_RECORD_MAC,
    DECRYPT_ERROR,
    INTERNAL_ERROR,
    // too many connections are open to follow this one
    NOT_FOLLOWED,
    // HTTP
    BAD_REQUEST_LINE,
    HEADER_TOO_LARGE,
    URI_TOO_LONG,
    BAD_HOST,
    AMBIGUOUS_LENGTH,
    BAD_HEADER,
    BAD_CHUNK,
    BAD_FRAME,
    REQUEST_TIMEOUT,
    MALFORMED_JSON,
    UNAUTHENTICATED,
    FORBIDDEN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    UNSUPPORTED_MEDIA_TYPE,
    PAYLOAD_TOO_LARGE,
    SERVER_ERROR;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The word that stands in a record and in a metric's label. */
    public String id() {
        return id;
    }
}
