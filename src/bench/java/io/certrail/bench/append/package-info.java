/**
 * What a durable append costs: the trail beside other ways to keep a record, and beside the disk itself.
 * {@link io.certrail.bench.append.AppendBenchmark} runs it.
 */
@NullMarked
package io.certrail.bench.append;

import org.jspecify.annotations.NullMarked;
