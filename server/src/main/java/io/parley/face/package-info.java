/// The program's edges: one package for each contract, each translating between its wire and the
/// core.
@NullMarked
package io.parley.face;

import org.jspecify.annotations.NullMarked;
