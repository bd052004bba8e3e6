package io.certrail.dev;

import java.util.regex.Pattern;

/**
 * How a server says what one wants to know.
 *
 * @param record the first line of a log record; its groups are level, logger and text, and a text of {@code [[} stands in
 *     the next lines
 * @param ready in the text of a record, once all is deployed or has failed to be
 * @param deployed in any line; its group is the name of an application
 */
record Speech(Pattern record, Pattern ready, Pattern deployed) {
    /** ODL: [time] [version] [level] [message id] [logger] [tid] [timeMillis] [levelValue] text, or [[ and more lines. */
    private static final Pattern ODL = Pattern.compile("^\\[\\d{4}-[^]]*] \\[[^]]*] \\[(\\w+)] \\[[^]]*] \\[([^]]*)]"
            + " \\[tid: [^]]*] \\[timeMillis: \\d+] \\[levelValue: \\d+] (.*)$");

    static final Speech PAYARA_MICRO = new Speech(
            ODL,
            Pattern.compile("Payara Micro .* ready in [\\d.,\\s]+ \\(ms\\)"),
            Pattern.compile("^\\s*\"Name\": \"(.*)\",?$"));

    /** The last of its post-boot commands is {@code uptime}. */
    static final Speech PAYARA_SERVER = new Speech(
            ODL,
            Pattern.compile("Boot Command uptime "),
            Pattern.compile("Boot Command deploy .*Application deployed with name (\\S+)[.]"));

    /** time level [logger] (thread) text; it says that it is started also if something could not be. */
    static final Speech WILDFLY = new Speech(
            Pattern.compile("^\\d\\d:\\d\\d:\\d\\d,\\d{3} (\\w+) +\\[([^]]*)] \\([^)]*\\) (.*)$"),
            Pattern.compile("WFLYSRV002[56]: .* started .*in \\d+ms"),
            Pattern.compile(" INFO +\\[org[.]jboss[.]as[.]server] .* WFLYSRV0010: Deployed \"([^\"]*)[.]war\""));
}
