/**
 * The embedded index: Lucene, in a folder of its own.
 *
 * <p>Types in reading order: {@link io.certrail.index.lucene.LuceneIndex}; {@code Documents}, how records and certificates lie in it; {@code Queries},
 * what is asked; {@code Counting}, the summary; {@code Opening}, what a start does with what it finds.
 *
 * <p>One thread feeds, any number search. Merges run in the feeding thread: Lucene starts no thread here. The documents of one batch, the
 * certificates after it and the cursor are one commit. An index that cannot be opened, or whose checksums are wrong, is made anew
 * from the trail.
 */
@NullMarked
package io.certrail.index.lucene;

import org.jspecify.annotations.NullMarked;
