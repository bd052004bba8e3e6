/** The trail that searching and verifying are measured with: records as servers write them, some 1.3 kB each. */
package io.certrail.bench.trail;
