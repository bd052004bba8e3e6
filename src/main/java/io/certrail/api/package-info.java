/**
 * The application in certrail.war: JAX-RS resources over the recorder and the trail. Not part of what other
 * applications embed.
 *
 * <p>Types in reading order: {@link io.certrail.api.ApiApplication}, which lists all; {@code WhoamiResource},
 * {@code EventsResource} and {@code EntriesResource} with what they take and give ({@code Whoami}, {@code NewEvent}, which
 * {@code BodyReader} and {@code StrictJson} let in, {@code EntrySource}, which {@code TrailEntries} is); {@code LogResource} with {@code LogPath}, {@code EntryBundle} and
 * {@code LogSource}, which {@code TrailLog} is: C2SP tlog-tiles; {@code ScanResource}, the last report of the self-check, which {@code SelfChecking} owns, or of the scanner; {@code RolesAllowedFeature}, which enforces {@code @RolesAllowed} on every
 * server alike; {@code ForeignPages}, which keeps a browser from posting for another origin's page; {@code Problem} and those who answer with one ({@code RefusalMapper}, {@code ViolationMapper},
 * {@code UnexpectedMapper}, {@code ProblemServlet}); {@code AnswerHeaders}.
 *
 * <p>Of the search: {@code Search}, which owns the index; {@code Reading}, who may read and that it is on record; {@code Evidence}, which gives them all in one;
 * {@code Parameters} and {@code FilterParameters}, what is asked; {@code RecordsResource}, {@code StoriesResource}, {@code CertificatesResource},
 * {@code SummaryResource}, {@code TrailResource}; {@code CoverageReport} (with {@code Unwritten}) and {@code Proofs}, what comes with an answer; {@code StreamServlet} with {@code Streams} and
 * {@code LiveStream}. META-INF/openapi.yaml says what they ask for and give.
 *
 * <p>Errors are problem details (RFC 9457) with the request's id and nothing else of the inside: no exception text, no
 * class name, no stack trace; what went wrong in detail stands in the log under that id and in the request's record.
 * May import: {@code event}, {@code recorder}, {@code trail}, {@code tlog}, {@code index}, {@code config}, and of {@code scan} the self-check. Resources are shared by all threads.
 */
@NullMarked
package io.certrail.api;

import org.jspecify.annotations.NullMarked;
