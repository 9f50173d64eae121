package io.parley.control;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A command of the operator's, whoever carries it out: this process, or the server that has the
/// data folder.
///
/// @param options values by name
public record Order(Kind kind, Map<String, List<String>> options) {
  /// What can be ordered.
  public enum Kind {
    ACCOUNT_CREATE("account.create"),
    ACCOUNT_PASSWD("account.passwd"),
    ACCOUNT_DISABLE("account.disable"),
    ACCOUNT_ENABLE("account.enable"),
    ACCOUNT_TOTP_OFF("account.totp-off"),
    ACCOUNT_GRANT("account.grant"),
    TOKEN_CREATE("token.create"),
    TOKEN_LIST("token.list"),
    TOKEN_REVOKE("token.revoke"),
    APP_ADD("app.add"),
    APP_LIST("app.list"),
    APP_REMOVE("app.remove"),
    INVITE_CREATE("invite.create"),
    INVITE_LIST("invite.list"),
    INVITE_REVOKE("invite.revoke"),
    NODE_LIST("node.list");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// How it is called on the control socket.
    String word() {
      return word;
    }

    /// @throws Fault NO_SUCH_METHOD
    static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      throw Fault.of(FaultCode.NO_SUCH_METHOD, "no order " + word);
    }
  }

  public static Order of(Kind kind) {
    return new Order(kind, new LinkedHashMap<>());
  }

  /// The same with an option; null leaves it out.
  public Order with(String name, @Nullable String value) {
    return value == null ? this : withAll(name, List.of(value));
  }

  /// The same with an option that may have several values.
  public Order withAll(String name, List<String> values) {
    Map<String, List<String>> more = new LinkedHashMap<>(options);
    more.put(name, List.copyOf(values));
    return new Order(kind, more);
  }

  public List<String> all(String name) {
    return options.getOrDefault(name, List.of());
  }

  /// Empty if it is not there.
  public String one(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? "" : values.getFirst();
  }

  public boolean has(String name) {
    return options.containsKey(name);
  }

  /// Without the options: there may be a password among them.
  @Override
  public String toString() {
    return "Order[" + kind.word() + "]";
  }
}
