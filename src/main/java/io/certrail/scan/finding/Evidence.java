package io.certrail.scan.finding;

import java.util.List;

/**
 * What a finding rests on.
 *
 * @param subject the probe's id, or the file and setting that was read
 * @param saw what the client saw, or the file says
 * @param note what is missing or wrong
 * @param lines the log's lines; empty: there are none
 */
public record Evidence(String subject, String saw, String note, List<String> lines) {
    public Evidence {
        lines = List.copyOf(lines);
    }
}
