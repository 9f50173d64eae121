/// What services stand on, as one thing that they are handed.
@NullMarked
package io.parley.platform;

import org.jspecify.annotations.NullMarked;
