/// Parley, put together: the command line, the configuration and the composition root.
@NullMarked
package io.parley;

import org.jspecify.annotations.NullMarked;
