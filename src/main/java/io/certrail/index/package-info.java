/**
 * The index: a projection of the trail that answers who, when, from where and why without reading all of it.
 *
 * <p>Types in reading order: {@link io.certrail.index.RecordFilter}, {@link io.certrail.index.RecordQuery} and
 * {@link io.certrail.index.RecordPage}, what is asked and answered; {@link io.certrail.index.CertificateQuery},
 * {@link io.certrail.index.SeenCertificate}; {@link io.certrail.index.SummaryQuery}, {@link io.certrail.index.Summary};
 * {@link io.certrail.index.RecordIndex}, what an engine does ({@code index.lucene}, {@code index.postgresql});
 * {@link io.certrail.index.IndexFeed}, the thread that feeds it, with {@code RecordParser}, {@code CertificateLedger} and
 * {@link io.certrail.index.IndexState}; {@link io.certrail.index.ExpiryWatch}.
 *
 * <h2>The trail is the truth</h2>
 * The index is fed by a cursor from what is on disk for good, and holds the cursor itself, in one transaction with what was fed: after
 * a crash it goes on where it was. It can be deleted at any time, and is made anew. What it answers are lines of the trail, byte for
 * byte. It is never in the way of recording: it has a thread of its own, of the lowest priority, and nobody waits for it; where it
 * fails, it says so, and tries again.
 *
 * <h2>Why Lucene</h2>
 * Measured with 10^6 records (1,355 MB) on two cores with 512 MiB of heap, the same seven indexes, pages of 100, warm; the
 * figures are in the README's section on search. Lucene has the smallest index, needs no native library (SQLite's would stay loaded in a server whose application is
 * deployed anew), no thread of its own with a serial merge scheduler, no JDBC driver that registers itself for the whole server (H2's does), checks all its files by
 * checksums, commits the cursor with the documents, and knows address prefixes. PostgreSQL is for several servers that share one view.
 *
 * <p>May import: {@code trail} (reads by cursor).
 */
@NullMarked
package io.certrail.index;

import org.jspecify.annotations.NullMarked;
