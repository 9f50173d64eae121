/// Parley, under load: the generator behind `./parley bench`. It shares no code with the server but
/// the generated stubs.
@NullMarked
package io.parley.bench;

import org.jspecify.annotations.NullMarked;
