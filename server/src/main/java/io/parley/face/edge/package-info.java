/// What every face that is reached over the network has in common: who is connected from where, how
/// long a peer may take to say what it wants, how much of it is kept, and what bytes count as text.
/// No face's contract is known here.
@NullMarked
package io.parley.face.edge;

import org.jspecify.annotations.NullMarked;
