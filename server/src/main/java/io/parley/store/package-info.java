/// Records on disk: transactions, the one writer, migrations. Features write SQL in their own
/// `*Store` and get a [io.parley.store.Tx] from [io.parley.store.Db]; nobody else sees JDBC.
///
/// Invariants: a write is answered only after its commit is on disk; a disk that fails stops writes
/// for as long as it fails; an operation that fails leaves nothing behind and does not disturb the
/// others of its commit; what engines do differently is in [io.parley.store.Dialect] only.
///
/// Tables: `schema_version`, `store_state`. Every other table belongs to the feature that its
/// migration names.
@NullMarked
package io.parley.store;

import org.jspecify.annotations.NullMarked;
