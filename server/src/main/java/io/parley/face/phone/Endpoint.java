package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.linecorp.armeria.common.HttpMethod;
import java.util.Set;

/// The paths of this contract under `/android/`, and what clients map each answer's `result` to:
/// one kind of JSON for each path, whether it is a success or not.
enum Endpoint {
  LOGIN("login", 1, Shape.ACCOUNT, HttpMethod.POST),
  REGISTER("register", 1, Shape.ACCOUNT, HttpMethod.POST),
  COMPLETE_ACCOUNT("complete_account", 1, Shape.ACCOUNT, HttpMethod.POST),
  SAVE_FILE("save_file", 1, Shape.PATH, HttpMethod.POST),
  OUT("out", 1, Shape.TEXT, HttpMethod.GET),
  PUSH_ID("push_id", 2, Shape.ACCOUNT, HttpMethod.GET),
  ADD_FRIEND("add_friend", 2, Shape.USER, HttpMethod.GET, HttpMethod.POST),
  USER_SEARCH("user_search", 3, Shape.LIST, HttpMethod.GET),
  GROUP_SEARCH("group_search", 3, Shape.LIST, HttpMethod.GET),
  FRIENDS("friends", 3, Shape.LIST, HttpMethod.GET),
  USER_CONTACTS("user_contacts", 1, Shape.LIST, HttpMethod.GET),
  NONE("", 0, Shape.LIST);

  /// What a `result` is.
  private enum Shape {
    ACCOUNT,
    USER,
    PATH,
    TEXT,
    LIST
  }

  private final String name;
  private final int parts;
  private final Shape shape;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<HttpMethod> methods;

  Endpoint(String name, int parts, Shape shape, HttpMethod... methods) {
    this.name = name;
    this.parts = parts;
    this.shape = shape;
    this.methods = Set.of(methods);
  }

  /// The one of a path's parts behind the prefix; [#NONE] for a path that there is not.
  static Endpoint of(String[] path) {
    for (Endpoint each : values()) {
      if (each.name.equals(path[0]) && each.parts == path.length) {
        return each;
      }
    }
    return NONE;
  }

  boolean takes(HttpMethod method) {
    return methods.contains(method);
  }

  /// The `result` of an answer that is no success: what a success has, with empty values.
  JsonNode empty() {
    return switch (shape) {
      case ACCOUNT -> PhoneWire.noAccount();
      case USER -> PhoneWire.noUser();
      case PATH -> PhoneWire.stored("");
      case TEXT -> TextNode.valueOf("");
      case LIST -> Json.array();
    };
  }

  /// The key that bounds a body of this path.
  String limit() {
    return switch (this) {
      case SAVE_FILE -> "limits.file_bytes_max";
      case LOGIN, REGISTER -> "limits.open_body_bytes_max";
      default -> "limits.body_bytes_max";
    };
  }
}
