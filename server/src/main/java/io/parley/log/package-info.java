/// Where log lines go: standard error, and the security log's own form. Nobody waits for whoever
/// reads them.
@NullMarked
package io.parley.log;

import org.jspecify.annotations.NullMarked;
