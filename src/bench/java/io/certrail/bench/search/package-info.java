/**
 * Search in a large trail: by the index, beside tools that read the files; and what the index costs the recording. {@link
 * io.certrail.bench.search.SearchBenchmark} runs it.
 */
package io.certrail.bench.search;
