/**
 * A scan's result, written down for those who want it.
 *
 * <p>Types in reading order: {@link io.certrail.scan.report.JsonReport} (its schema is the resource
 * {@code scan-report.schema.json}), {@link io.certrail.scan.report.SarifReport} (SARIF 2.1.0),
 * {@link io.certrail.scan.report.JunitReport}, {@link io.certrail.scan.report.HtmlReport} (one file, nothing from elsewhere);
 * {@link io.certrail.scan.report.Printable}, which makes lines of strangers harmless;
 * {@link io.certrail.scan.report.Baseline}, the findings that somebody has accepted.
 *
 * <p>Text in, text out: nobody here touches a file or prints. May import: {@code scan.finding}, {@code jakarta.json}.
 */
@NullMarked
package io.certrail.scan.report;

import org.jspecify.annotations.NullMarked;
