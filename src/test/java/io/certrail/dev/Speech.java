package io.certrail.dev;

import java.util.regex.Pattern;

/**
 * How a server says what one wants to know.
 *
 * @param record the first line of a log record; its groups are level, logger and text, and a text of {@code [[} stands in
 *     the next lines
 * @param ready in the text of a record, once all is deployed or has failed to be
 * @param deployed in any line; its group is the name of an application
 * @param failed in the text of a record: it is up, but not as it should be
 */
record Speech(Pattern record, Pattern ready, Pattern deployed, Pattern failed) {
    private static final Pattern NEVER = Pattern.compile("(?!)");

    /** ODL: [time] [version] [level] [message id] [logger] [tid] [timeMillis] [levelValue] text, or [[ and more lines. */
    private static final Pattern ODL = Pattern.compile("^\\[\\d{4}-[^]]*] \\[[^]]*] \\[(\\w+)] \\[[^]]*] \\[([^]]*)]"
            + " \\[tid: [^]]*] \\[timeMillis: \\d+] \\[levelValue: \\d+] (.*)$");

    static final Speech PAYARA_MICRO = new Speech(
            ODL,
            Pattern.compile("Payara Micro .* ready in [\\d.,\\s]+ \\(ms\\)"),
            Pattern.compile("^\\s*\"Name\": \"(.*)\",?$"),
            NEVER);

    /** The last of its post-boot commands is {@code uptime}. */
    static final Speech PAYARA_SERVER = new Speech(
            ODL,
            Pattern.compile("Boot Command uptime "),
            Pattern.compile("Boot Command deploy .*Application deployed with name (\\S+)[.]"),
            NEVER);

    /** time level [logger] (thread) text. It says "Deployed" of what could not be, too, and then that it started with errors. */
    static final Speech WILDFLY = new Speech(
            Pattern.compile("^\\d\\d:\\d\\d:\\d\\d,\\d{3} (\\w+) +\\[([^]]*)] \\([^)]*\\) (.*)$"),
            Pattern.compile("^WFLYSRV0025: .* started in \\d+ms"),
            Pattern.compile(" INFO +\\[org[.]jboss[.]as[.]server] .* WFLYSRV0010: Deployed \"([^\"]*)[.]war\""),
            Pattern.compile("^WFLYSRV0026: "));
}
