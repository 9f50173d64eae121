/// HTTP/1.1 over connections that stay open, each with one request at a time: the load of browsers
/// and of tiers behind them.
@NullMarked
package io.parley.bench.http;

import org.jspecify.annotations.NullMarked;
