/// What a run says: progress while it lasts, one table and the same as JSON at the end.
@NullMarked
package io.parley.bench.report;

import org.jspecify.annotations.NullMarked;
