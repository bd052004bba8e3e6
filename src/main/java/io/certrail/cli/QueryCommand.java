package io.certrail.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code certrail query}: asks a running server's API over mutual TLS. */
@Command(
        name = "query",
        description = {
            "Asks a server that runs Certrail: records, stories, certificates, counts. The certificate needs the role auditor,"
                    + " and what is asked for goes on record there.",
            "Records are printed as the lines of the trail, byte for byte; all else as the JSON that the API gives, a line a page."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  certrail query https://localhost:8443 --client auditor.p12 --trust root.pem reason=certificate_expired",
            "  certrail query https://localhost:8443 --client auditor.p12 --trust root.pem --all address=10.1.0.0/16",
            "  certrail query https://localhost:8443 --client auditor.p12 --trust root.pem --resource summary outcome=failure",
            "  certrail query … --resource records/57    --resource connections/ID    --resource certificates"
        })
final class QueryCommand implements Callable<Integer> {
    private static final Pattern CONDITION = Pattern.compile("([a-z0-9_]+)=(.+)", Pattern.DOTALL);
    private static final Pattern RESOURCE = Pattern.compile("[a-z]+(/[A-Za-z0-9._~-]+){0,2}");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    @Mixin
    private final Output output = new Output();

    @Parameters(
            index = "0",
            paramLabel = "URL",
            description = "https://host:port, with the application's path if it has one.")
    private String url = "";

    @Parameters(
            index = "1..*",
            paramLabel = "NAME=VALUE",
            description =
                    "Conditions, as the API names them: from, to, event, outcome, reason, subject, subject_part, issuer,"
                            + " serial, sha256, san, address, request_id, trace_id, connection_id, route, status, user; also order, limit.")
    private final List<String> conditions = new ArrayList<>();

    @Option(
            names = "--resource",
            paramLabel = "NAME",
            defaultValue = "records",
            description = "What below /api is asked. Default: ${DEFAULT-VALUE}.")
    private String resource = "records";

    @Option(
            names = "--client",
            required = true,
            paramLabel = "FILE",
            description = "The client's certificate and key: PKCS #12.")
    private Path client = Path.of("");

    @Option(
            names = "--trust",
            required = true,
            paramLabel = "FILE",
            description = "Whom to trust for the server's certificate: PEM, or PKCS #12 with the same password.")
    private Path trust = Path.of("");

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            interactive = true,
            arity = "0..1",
            description =
                    "Of the client's file; asked for if no value follows. Without the option: CERTRAIL_CLIENT_PASSWORD of the"
                            + " environment, or none.")
    private char @Nullable [] password;

    @Option(names = "--all", description = "Goes on with the next page until there is none, of whatever has pages.")
    private boolean all;

    @Override
    public Integer call() throws IOException, InterruptedException {
        URI first = uri(conditions);
        HttpClient http = HttpClient.newBuilder()
                .sslContext(ClientIdentity.context(client, password(), trust))
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        Optional<URI> next = Optional.of(first);
        while (next.isPresent() && !output.isBroken()) {
            HttpResponse<String> answer = http.send(request(next.get()), HttpResponse.BodyHandlers.ofString(UTF_8));
            AnswerPage page = print(answer);
            next = all ? next(page, first) : Optional.empty();
        }
        return ExitStatus.GOOD;
    }

    private char[] password() {
        char[] given = password;
        String environment = System.getenv().getOrDefault("CERTRAIL_CLIENT_PASSWORD", "");
        return given == null ? environment.toCharArray() : given;
    }

    private URI uri(List<String> conditions) {
        if (!RESOURCE.matcher(resource).matches()) {
            throw output.usage("--resource: expected a name such as records, records/57 or summary, not " + resource);
        }
        StringBuilder query = new StringBuilder();
        for (String condition : conditions) {
            Matcher parts = CONDITION.matcher(condition);
            if (!parts.matches()) {
                throw output.usage("expected NAME=VALUE, such as reason=certificate_expired, not " + condition);
            }
            query.append(query.length() == 0 ? "?" : "&")
                    .append(parts.group(1))
                    .append('=')
                    .append(URLEncoder.encode(parts.group(2), UTF_8));
        }
        try {
            if (isServer(URI.create(url))) {
                return URI.create(url.replaceAll("/+$", "") + "/api/" + resource + query);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw output.usage(
                "expected the server's address, such as https://localhost:8443, with the application's path if it has one"
                        + " and nothing after it, not " + url);
    }

    /** A page of the console is none: what comes after # never reaches a server. */
    private static boolean isServer(URI uri) {
        boolean isPlain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        return isPlain && "https".equals(uri.getScheme()) && uri.getHost() != null;
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Accept", "application/x-ndjson, application/json;q=0.5")
                .build();
    }

    private AnswerPage print(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() == BAD_REQUEST) {
            throw output.usage("the server does not take these conditions: " + answer.body());
        }
        if (answer.statusCode() != OK) {
            throw new IOException(answer.uri().getHost() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        output.out()
                .print(answer.body().endsWith("\n") || answer.body().isEmpty() ? answer.body() : answer.body() + "\n");
        output.out().flush();
        AnswerPage page = AnswerPage.of(answer.headers(), answer.body());
        page.missing().ifPresent(missing -> output.err().println("not all is there: " + missing));
        return page;
    }

    /** The next page, of the same server: nobody sends this client elsewhere. */
    private Optional<URI> next(AnswerPage page, URI first) throws IOException {
        if (page.cursor().isPresent()) {
            return page.cursor().map(cursor -> uri(after(cursor)));
        }
        Optional<URI> next = page.link().map(first::resolve);
        if (next.isPresent()
                && !Map.entry(next.get().getScheme(), next.get().getAuthority())
                        .equals(Map.entry(first.getScheme(), first.getAuthority()))) {
            throw new IOException("the next page is said to be at another server: " + next.get());
        }
        return next;
    }

    private List<String> after(String cursor) {
        Stream<String> same = conditions.stream().filter(condition -> !condition.startsWith("cursor="));
        return Stream.concat(same, Stream.of("cursor=" + cursor)).toList();
    }
}
