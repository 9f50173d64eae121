package io.parley.face.phone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.account.AliasKind;
import io.parley.account.Gender;
import io.parley.account.Profile;
import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.group.GroupView;
import io.parley.media.UploadAddress;
import java.util.regex.Pattern;

/// Accounts, groups and addresses between this contract and the core.
final class PhoneWire {
  static final Pattern PHONE = Pattern.compile("1[3-9]\\d{9}");

  private static final int MALE = 0;
  private static final int FEMALE = 1;

  private PhoneWire() {}

  /// How an account is shown.
  ///
  /// @param remark the viewer's own name for it
  /// @param phoneShown whether the viewer may see the phone number
  /// @param friends how many friends it has
  /// @param bound whether it has a device that is pushed to
  record View(
      Profile profile,
      String remark,
      boolean friend,
      boolean phoneShown,
      long friends,
      boolean bound) {}

  /// The caller's own account: itself, and what only it is told.
  static ObjectNode account(View view, Envelope dates) {
    return account(user(view, dates), view.bound());
  }

  private static ObjectNode account(ObjectNode user, boolean bound) {
    ObjectNode result = Json.object();
    result.set("user", user);
    result.put("account", "");
    result.put("isBind", bound);
    return result;
  }

  /// The same of nobody.
  static ObjectNode noAccount() {
    return account(noUser(), false);
  }

  /// An account in lists, and where one is made a friend.
  static ObjectNode user(View view, Envelope dates) {
    var account = view.profile().account();
    String phone = view.profile().names().get(AliasKind.PHONE);
    ObjectNode user = noUser();
    user.put("id", account.id().toString());
    user.put("username", username(view.profile()));
    user.put("phone", phone == null || !view.phoneShown() ? "" : phone);
    user.put("avatar", path(account.avatarUrl()));
    user.put("desc", account.extra());
    user.put("sex", account.gender() == Gender.FEMALE ? FEMALE : MALE);
    user.put("alias", view.remark());
    user.put("friends", view.friends());
    user.put("isFriend", view.friend());
    user.put("modifyAt", dates.modified(account.updatedAt()));
    return user;
  }

  /// The same of nobody: every field, empty. `modifyAt` is null, because clients read a time where
  /// there is a text.
  static ObjectNode noUser() {
    ObjectNode user = Json.object();
    for (String text : new String[] {"id", "username", "phone", "avatar", "desc"}) {
      user.put(text, "");
    }
    user.put("sex", MALE);
    user.put("alias", "");
    user.put("friends", 0);
    user.put("isFriend", false);
    user.putNull("modifyAt");
    return user;
  }

  /// Where a file was stored.
  static ObjectNode stored(String path) {
    return Json.object().put("path", path);
  }

  /// Empty for an account that has not been completed: that is how a client knows.
  private static String username(Profile profile) {
    String username = profile.names().get(AliasKind.USERNAME);
    String nickname = profile.names().get(AliasKind.NICKNAME);
    return username != null ? username : nickname != null ? nickname : "";
  }

  static ObjectNode group(GroupView view) {
    var group = view.group();
    ObjectNode result = Json.object();
    result.put("id", group.id().toString());
    result.put("name", group.name());
    result.put("introduction", group.introduction());
    result.put("avatar", path(group.avatarUrl()));
    result.put("ownerId", group.owner().toString());
    result.put("members", view.members());
    result.put("isMember", view.role() != null);
    return result;
  }

  /// As the contract writes the path of a stored file: without a leading slash.
  static String path(String url) {
    return url.startsWith(UploadAddress.FOLDER) ? url.substring(1) : url;
  }

  /// The reverse of [#path].
  static String url(String path) {
    return ('/' + path).startsWith(UploadAddress.FOLDER) ? '/' + path : path;
  }

  static Gender gender(String sex) {
    return switch (sex) {
      case "", "0" -> Gender.MALE;
      case "1" -> Gender.FEMALE;
      default -> throw Refusal.failure("sex: must be 0 or 1");
    };
  }

  /// A decimal account or group id.
  static long id(String field, String text) {
    try {
      long id = Long.parseLong(text);
      if (id > 0 && !text.startsWith("+")) {
        return id;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw Refusal.of(Fault.invalid(field, "must be an id"));
  }

  static AccountId account(String field, String text) {
    return new AccountId(id(field, text));
  }
}
