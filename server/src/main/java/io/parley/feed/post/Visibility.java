package io.parley.feed.post;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.store.Tx;
import org.jspecify.annotations.Nullable;

/// Which posts a caller may see, and so act on.
public final class Visibility {
  private final PostStore store = new PostStore();

  /// A post that `reader` may see as anybody may; null for all else.
  public @Nullable Post find(Tx tx, long id, AccountId reader) {
    return store.visible(tx, id, reader);
  }

  /// The post: of the caller's own, in any state; to an admin, too; to others while it is listed,
  /// its author is not hidden and no block stands between them.
  ///
  /// @throws Fault NOT_FOUND for all else, whether or not there is such a post
  Post require(Tx tx, Caller caller, PostId id) {
    AccountId reader = caller.requireAccount();
    Post seen = store.visible(tx, id.value(), reader);
    if (seen != null) {
      return seen;
    }
    Post post = store.find(tx, id, reader);
    if (post != null && (post.author().equals(reader) || caller.has(Right.ADMIN))) {
      return post;
    }
    throw Fault.of(FaultCode.NOT_FOUND, "no feed " + id);
  }

  /// The caller's own post.
  ///
  /// @throws Fault NOT_FOUND; FORBIDDEN if it is somebody else's
  Post requireOwn(Tx tx, Caller caller, PostId id) {
    Post post = require(tx, caller, id);
    if (!post.author().equals(caller.accountId())) {
      throw Fault.of(FaultCode.FORBIDDEN, "feed " + id + " is not yours");
    }
    return post;
  }

  /// Passes moderators.
  ///
  /// @throws Fault FORBIDDEN
  static AccountId requireAdmin(Caller caller) {
    AccountId account = caller.requireAccount();
    caller.require(Right.ADMIN);
    return account;
  }
}
