package io.parley.admin;

import io.parley.account.AccountSearch;
import io.parley.account.Profile;
import io.parley.base.AccountId;
import io.parley.media.Media;
import io.parley.messaging.Members;
import io.parley.session.Session;
import io.parley.session.Sessions;
import java.util.List;
import java.util.function.ToIntFunction;

/// All that operators may know of an account: no secrets, no messages.
public final class AccountViews {
  /// @param sockets live connections, now
  /// @param groups how many it is in
  /// @param uploadBytes of `limits.upload_quota_bytes_max`
  public record View(
      Profile profile, List<Session> sessions, int sockets, long groups, long uploadBytes) {}

  private final AccountSearch search;
  private final Sessions sessions;
  private final Members members;
  private final Media media;
  private final ToIntFunction<AccountId> sockets;

  /// `sockets`: how many live connections an account has.
  public AccountViews(
      AccountSearch search,
      Sessions sessions,
      Members members,
      Media media,
      ToIntFunction<AccountId> sockets) {
    this.search = search;
    this.sessions = sessions;
    this.members = members;
    this.media = media;
    this.sockets = sockets;
  }

  /// @throws io.parley.base.Fault NO_SUCH_ACCOUNT
  public View require(AccountId id) {
    return new View(
        search.require(id),
        sessions.list(id),
        sockets.applyAsInt(id),
        members.groupCount(id),
        media.used(id));
  }
}
