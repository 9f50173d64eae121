/// Invites: links that bring whoever has them into a group, to a friend or onto the server.
///
/// Invariants: an invite is worth what its maker may do at the moment it is used, never more; what
/// it does and its count are one transaction; an account counts once; whoever cannot show a token
/// that this server made learns nothing of any invite.
///
/// Tables: `invite`, `invite_use`.
@NullMarked
package io.parley.invite;

import org.jspecify.annotations.NullMarked;
