/// What accounts say against accounts, messages and groups, and what operators make of it. Reports
/// of posts are kept by `feed`, where they count in the rank.
///
/// Invariants: an account has one open report of a thing; it could see what it reports, and what is
/// kept around a reported message.
///
/// Tables: `report`, `report_line`.
@NullMarked
package io.parley.report;

import org.jspecify.annotations.NullMarked;
