/// What a wish costs, worked out from what was measured of each part. Pure.
@NullMarked
package io.parley.bench.capacity;

import org.jspecify.annotations.NullMarked;
