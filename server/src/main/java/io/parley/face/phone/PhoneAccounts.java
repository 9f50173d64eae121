package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Editing;
import io.parley.account.Gender;
import io.parley.account.Scheme;
import io.parley.account.Source;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Visible;
import io.parley.session.Sessions;
import java.util.Map;

/// Registering, logging in and out, completing an account.
final class PhoneAccounts {
  /// What sessions opened here say of their origin.
  static final String CONTRACT = "phone-im";

  private static final int PASSWORD_MIN = 6;
  private static final int PASSWORD_MAX = 16;
  private static final int USERNAME_MAX = 15;
  private static final int FIELD_MAX = 256;
  private static final int PHONE_DIGITS = 11;

  private final PhoneCore core;
  private final Accounts accounts;
  private final Editing editing;
  private final Sessions sessions;
  private final boolean singleLogin;

  PhoneAccounts(PhoneCore core, boolean singleLogin) {
    this.core = core;
    this.accounts = core.accounts();
    this.editing = core.editing();
    this.sessions = core.sessions();
    this.singleLogin = singleLogin;
  }

  /// An open session and what is answered.
  record LoggedIn(String token, ObjectNode account) {}

  LoggedIn register(Caller caller, JsonNode body) {
    String password = Json.text(body, "password", FIELD_MAX, Status.FORMAT_ERROR_PASSWORD_LENGTH);
    String phone = Json.text(body, "phone", FIELD_MAX, Status.FORMAT_ERROR_PHONE_LENGTH);
    if (password.isEmpty()) {
      throw new Refusal(Status.NULL_PASSWORD, "password is empty");
    }
    if (password.length() < PASSWORD_MIN || password.length() > PASSWORD_MAX) {
      throw new Refusal(
          Status.FORMAT_ERROR_PASSWORD_LENGTH, "password must have 6 to 16 characters");
    }
    if (password.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new Refusal(
          Status.FORMAT_ERROR_PASSWORD, "password has characters that it cannot have");
    }
    if (phone.isEmpty()) {
      throw new Refusal(Status.NULL_PHONE, "phone is empty");
    }
    if (phone.length() != PHONE_DIGITS) {
      throw new Refusal(Status.FORMAT_ERROR_PHONE_LENGTH, "phone must have 11 digits");
    }
    if (!PhoneWire.PHONE.matcher(phone).matches()) {
      throw new Refusal(Status.FORMAT_ERROR_PHONE, "not a phone number");
    }
    core.invites().requireOpen(); // This contract has no field for an invite.
    Account account = create(phone, password, Source.of(caller));
    Sessions.Opened opened = sessions.open(account, CONTRACT, caller);
    return loggedIn(opened);
  }

  private Account create(String phone, String password, Source source) {
    try {
      return accounts.register(
          new Accounts.Registration(
              Map.of(AliasKind.PHONE, phone),
              "用户" + phone.substring(PHONE_DIGITS - 4),
              Gender.UNKNOWN,
              "",
              password),
          source,
          PASSWORD_MIN,
          core.friends()::takeOpenly);
    } catch (Fault fault) {
      throw fault.code() == FaultCode.ALREADY_EXISTS
          ? new Refusal(Status.SAME_PHONE, "phone is taken")
          : fault;
    }
  }

  LoggedIn login(Caller caller, JsonNode body) {
    String phone = Json.text(body, "phone", FIELD_MAX);
    String password = Json.text(body, "password", FIELD_MAX);
    if (phone.isEmpty()) {
      throw new Refusal(Status.NULL_PHONE, "phone is empty");
    }
    if (password.isEmpty()) {
      throw new Refusal(Status.NULL_PASSWORD, "password is empty");
    }
    Account account;
    try {
      account = accounts.verify(phone, new Scheme.Plain(), password, Source.of(caller));
    } catch (Fault fault) {
      if (fault.code() != FaultCode.WRONG_CREDENTIALS && fault.code() != FaultCode.TOO_LARGE) {
        throw fault;
      }
      // Both took the time of a slow hash; the contract tells the two apart.
      throw accounts.findByAlias(phone) == null
          ? new Refusal(Status.NULL_USER, "no such user")
          : new Refusal(Status.ERROR_PASSWORD, "wrong password");
    }
    return loggedIn(open(account, caller));
  }

  private Sessions.Opened open(Account account, Caller caller) {
    if (!singleLogin) {
      return sessions.open(account, CONTRACT, caller);
    }
    try {
      return sessions.openOnly(account, CONTRACT, caller);
    } catch (Fault fault) {
      throw fault.code() == FaultCode.ALREADY_EXISTS
          ? new Refusal(Status.ERROR_REPEAT_LOGIN, "logged in already")
          : fault;
    }
  }

  private LoggedIn loggedIn(Sessions.Opened opened) {
    return new LoggedIn(opened.token(), core.self(opened.account().id()));
  }

  void logout(Caller caller) {
    try {
      sessions.end(caller.requireAccount(), caller.requireSession());
    } catch (Fault fault) {
      if (fault.code() != FaultCode.NOT_FOUND) {
        throw fault;
      }
    }
  }

  ObjectNode complete(Caller caller, JsonNode body) {
    AccountId account = caller.requireAccount();
    String userId = Json.text(body, "userId", FIELD_MAX);
    if (!userId.isEmpty() && !userId.equals(account.toString())) {
      throw Refusal.failure("userId: not the session's account");
    }
    String username = Json.text(body, "username", FIELD_MAX, Status.FORMAT_ERROR_USER_LENGTH);
    requireUsername(username);
    String avatar = Json.text(body, "avatar", 2048);
    if (avatar.isEmpty()) {
      throw new Refusal(Status.NULL_AVATAR, "avatar is empty");
    }
    Editing.Completion fresh =
        new Editing.Completion(
            username,
            PhoneWire.url(avatar),
            Json.text(body, "desc", 1000),
            PhoneWire.gender(Json.text(body, "sex", 1)));
    try {
      editing.complete(account, fresh);
    } catch (Fault fault) {
      throw fault.code() == FaultCode.ALREADY_EXISTS
          ? new Refusal(Status.SAME_USERNAME, "username is taken")
          : fault;
    }
    return core.self(account);
  }

  private void requireUsername(String username) {
    if (username.isEmpty()) {
      throw new Refusal(Status.NULL_USERNAME, "username is empty");
    }
    if (username.codePointCount(0, username.length()) > USERNAME_MAX) {
      throw new Refusal(
          Status.FORMAT_ERROR_USER_LENGTH, "username: longer than " + USERNAME_MAX + " characters");
    }
    boolean illegal =
        !username.equals(username.strip())
            || username.codePoints().anyMatch(c -> c == '/' || c == '@' || isUnprintable(c))
            || Visible.isBlank(username)
            || accounts.isReserved(username);
    if (illegal) {
      throw new Refusal(Status.ILLEGAL_USERNAME, "username cannot be taken");
    }
  }

  private static boolean isUnprintable(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || Character.getType(codePoint) == Character.FORMAT;
  }
}
