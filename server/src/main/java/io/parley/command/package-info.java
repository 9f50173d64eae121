/// The command line: what an operator types after `./parley`. Commands read the configuration, then
/// start the server ([Main] is where the program begins), work on a data folder of which they are
/// the only owner, or have the server that owns it carry out an [io.parley.control.Order].
///
/// Nothing but `Main` is used from outside, and by nobody but the launcher. Exit codes: 0 done, 1
/// failed, 2 wrong use or configuration.
@NullMarked
package io.parley.command;

import org.jspecify.annotations.NullMarked;
