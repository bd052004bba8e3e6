/**
 * The index in a PostgreSQL, for several servers that share one view: rows of a trail are known by its origin. Since a trail is
 * another server's, its lines are here, too.
 *
 * <p>Types in reading order: {@link io.certrail.index.postgresql.PostgresIndex}; {@code Feeding}, {@code RecordRows}, {@code CertificateRows},
 * {@code SummaryRows}; {@code Sql}, a statement with its values, which never stand in its text; {@code Schema}, made and brought up to date by Flyway.
 *
 * <p>One server feeds one trail, any number search. Each batch is a transaction, with the cursor in it. The engine holds no connection
 * between calls: they are the data source's.
 */
@NullMarked
package io.certrail.index.postgresql;

import org.jspecify.annotations.NullMarked;
