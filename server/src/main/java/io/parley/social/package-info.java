/// Who knows whom: friends and requests, follows, blocks, and what an account lets others do.
///
/// Invariants: a friendship is two rows that come and go together; of two accounts of which one
/// blocks the other neither is the other's friend or follower.
///
/// Tables: `friend`, `friend_request`, `follow`, `privacy`. Blocks are kept by `messaging`, which
/// must obey them in the same transaction as a send.
@NullMarked
package io.parley.social;

import org.jspecify.annotations.NullMarked;
