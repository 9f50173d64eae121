/// When the next message is due. Pure: time is an argument.
@NullMarked
package io.parley.bench.pace;

import org.jspecify.annotations.NullMarked;
