/// What operators did: who, when, to what, from where. Every service that carries out an
/// operator's act records it here in the transaction of the act.
///
/// Invariants: entries are added and never changed, which the store enforces too; they hold no
/// secret.
///
/// Table: `audit`.
@NullMarked
package io.parley.audit;

import org.jspecify.annotations.NullMarked;
