package io.parley.face.entry;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.Profile;
import io.parley.account.Scheme;
import io.parley.account.Source;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.face.edge.Peers;
import io.parley.media.UploadAddress;
import io.parley.session.Sessions;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What both entry contracts ask of the program: logging in with an MD5, profiles, pictures'
/// addresses.
public final class EntryUsers {
  private static final int MD5_CHARS = 32;
  private static final String STORED = UploadAddress.FOLDER;

  private final Accounts accounts;
  private final Sessions sessions;
  private final String publicUrl;

  /// `publicUrl`: how browsers reach the server, without a trailing slash.
  public EntryUsers(Accounts accounts, Sessions sessions, String publicUrl) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.publicUrl = publicUrl;
  }

  static Caller anonymous(ServiceRequestContext context) {
    return Peers.anonymous(context);
  }

  static boolean isMd5(String password) {
    if (password.length() != MD5_CHARS) {
      return false;
    }
    for (int i = 0; i < MD5_CHARS; i++) {
      if (!HexFormat.isHexDigit(password.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// The account of a name and the MD5 of its password. Blocks.
  ///
  /// @throws Fault as [Accounts#verify]
  Account verify(String name, String md5, Caller caller) {
    // What is no MD5 is checked as one that fits nobody: it costs and counts as any wrong password.
    String wire = isMd5(md5) ? md5.toLowerCase(Locale.ROOT) : "";
    return accounts.verify(name, new Scheme.Entry(), wire, Source.of(caller));
  }

  String open(Account account, String contract, Caller caller) {
    return sessions.open(account, contract, caller).token();
  }

  /// Blocks. `token` may be empty.
  ///
  /// @throws Fault NOT_LOGGED_IN, PASSWORD_EXPIRED
  Caller authenticate(String token, Caller anonymous) {
    return sessions.authenticate(token, anonymous);
  }

  /// The same, for what is served to those as well who have to choose a password first.
  Caller identify(String token, Caller anonymous) {
    return sessions.identify(token, anonymous);
  }

  /// The profile of the account that `token` stands for if both are remembered, else null. Never
  /// blocks.
  @Nullable Profile remembered(String token, Caller anonymous) {
    Caller caller = sessions.recognise(token, anonymous);
    AccountId account = caller == null ? null : caller.accountId();
    return account == null ? null : accounts.rememberedProfile(account);
  }

  Profile profile(AccountId account) {
    return accounts.requireProfile(account);
  }

  boolean exists(String name) {
    return accounts.findByAlias(name) != null;
  }

  /// Whom a call concerns: the caller, or whom a trusted caller names.
  ///
  /// @throws Fault NOT_LOGGED_IN for a caller that is neither, NO_SUCH_ACCOUNT
  AccountId subject(Caller caller, String username) {
    if (username.isEmpty() || !caller.has(Right.ENTRY)) {
      return caller.requireAccount();
    }
    Account named = accounts.findByAlias(username);
    if (named == null) {
      throw Fault.of(FaultCode.NO_SUCH_ACCOUNT, "no such user");
    }
    return named.id();
  }

  /// Ends the caller's session; for an account that a trusted caller named, the sessions that it
  /// opened over `contract`.
  void logout(Caller caller, AccountId account, String contract) {
    if (account.equals(caller.accountId())) {
      sessions.end(account, caller.requireSession());
      return;
    }
    sessions.list(account).stream()
        .filter(session -> session.contract().equals(contract))
        .forEach(session -> sessions.end(account, session.id()));
  }

  /// An empty text leaves one as it is.
  void edit(AccountId account, String nickname, String picture) {
    accounts.edit(account, nickname, picture);
  }

  /// Makes a picture that was just stored the account's.
  void setPicture(AccountId account, String name) {
    accounts.setAvatar(account, STORED + name);
  }

  /// An absolute address of the account's picture; a stored one at the place where these contracts
  /// look. Empty for none.
  String pictureUrl(Account account) {
    String url = account.avatarUrl();
    if (url.startsWith(STORED)) {
      return publicUrl + "/upload/" + url.substring(STORED.length());
    }
    if (url.startsWith("/")) {
      return publicUrl + url;
    }
    return url.isEmpty() || url.contains("://") ? url : publicUrl + "/upload/" + url;
  }
}
