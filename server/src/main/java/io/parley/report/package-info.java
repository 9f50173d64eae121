/// What accounts say against accounts, messages and groups, and what operators make of it. Reports
/// of posts are kept by `feed`, where they count in the rank.
///
/// Invariants: an account reports a thing once; it could see what it reports.
///
/// Table: `report`.
@NullMarked
package io.parley.report;

import org.jspecify.annotations.NullMarked;
