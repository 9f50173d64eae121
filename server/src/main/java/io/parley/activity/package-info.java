/// What concerns an account and is no message of a chat: likes, comments, follows, requests, what
/// moderators answered.
///
/// Invariants: an entry is written and taken back in the transaction of what it tells of; there is
/// one for each account, kind and subject, however many acted, so what a hundred thousand like
// costs
/// one row; nobody is told of its own acts, nor of anybody that a block separates it from; an
// account
/// has at most `limits.activity_max`, the oldest go. What is deleted takes its entries with it;
/// whoever is deleted or hidden is counted and not named. No send writes here.
///
/// Tables: `activity`, `activity_seen`. It reads `block`, `account` and `hidden_account`, and
/// what an account's own posts and comments say, for their beginnings.
@NullMarked
package io.parley.activity;

import org.jspecify.annotations.NullMarked;
