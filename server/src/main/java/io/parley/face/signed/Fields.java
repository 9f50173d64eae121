package io.parley.face.signed;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Utf8;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.edge.StrictJson;
import org.jspecify.annotations.Nullable;

/// The fields of a request's body: one JSON object in UTF-8, no name twice, nothing after it. All
/// fields of the contract are texts; others are ignored.
final class Fields {
  private final JsonNode object;

  private Fields(JsonNode object) {
    this.object = object;
  }

  static Fields parse(byte[] body) {
    try {
      // The signature covers these bytes.
      return new Fields(StrictJson.object(body));
    } catch (Fault e) {
      if (e.text().equals(StrictJson.NO_OBJECT)) {
        throw Refusal.business("请求报文必须是JSON对象");
      }
      throw e.code() == FaultCode.INVALID_FIELD && Utf8.isWellFormed(body)
          ? Refusal.business(e.text().split(":", 2)[0] + "不能包含控制字符")
          : Refusal.business("请求报文不是合法的JSON");
    }
  }

  /// A field that must be there with 1 … `codePointsMax` code points.
  String require(String field, int codePointsMax) {
    String value = find(field, codePointsMax);
    if (value == null) {
      throw Refusal.business("未包含" + field + "节点，请检查");
    }
    if (value.isBlank()) {
      throw Refusal.business(field + "不能为空");
    }
    return value;
  }

  /// A field that may be missing or null, which is null here.
  @Nullable String find(String field, int codePointsMax) {
    JsonNode node = object.get(field);
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw Refusal.business(field + "必须是字符串");
    }
    String value = node.textValue();
    if (value.codePointCount(0, value.length()) > codePointsMax) {
      throw Refusal.business(field + "长度不能超过" + codePointsMax);
    }
    if (value.codePoints().anyMatch(Fields::unprintable)) {
      throw Refusal.business(field + "不能包含控制字符");
    }
    return value;
  }

  private static boolean unprintable(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL || type == Character.SURROGATE;
  }
}
