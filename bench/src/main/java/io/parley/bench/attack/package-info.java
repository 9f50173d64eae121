/// What a stranger does to a server: the attacks of `./parley bench hostile`. Each is struck by
/// many threads at once, as fast as the server answers, until its time is over; nothing here waits
/// for longer than that. All but the setting up comes from another address than the good callers'.
@NullMarked
package io.parley.bench.attack;

import org.jspecify.annotations.NullMarked;
