package io.certrail.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of cipher suites, from IANA's registry, also of those that no JDK has any more. */
final class SuiteName {
    /** TLS_EMPTY_RENEGOTIATION_INFO_SCSV and TLS_FALLBACK_SCSV: signals, not suites (RFC 5746, RFC 7507). */
    private static final Set<Integer> SIGNALS = Set.of(0x00FF, 0x5600);

    private static final Map<Integer, String> NAMES = read();

    private SuiteName() {}

    private static Map<Integer, String> read() {
        try (InputStream in = SuiteName.class.getResourceAsStream("cipher-suites");
                var lines = new BufferedReader(new InputStreamReader(in, US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toUnmodifiableMap(line -> Integer.parseInt(line[0], 16), line -> line[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The suites that a client offers, as {@link TlsName#offer} states them. */
    static String offer(List<Integer> suites) {
        List<Integer> real =
                suites.stream().filter(suite -> !SIGNALS.contains(suite)).toList();
        return TlsName.offer(real, SuiteName::of);
    }

    private static String of(int suite) {
        return NAMES.getOrDefault(suite, TlsName.hex(suite));
    }
}
