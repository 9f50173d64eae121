package io.parley.face.entry;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.parley.account.Profile;
import io.parley.base.Fault;
import io.parley.face.edge.StrictJson;
import java.time.Duration;

/// entry-http's JSON: `{"code":0,"msg":"","result":…}`, on four endpoints with the code twice, the
/// second time under the document's own spelling.
final class EntryWire {
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();
  private static final String NOTHING = "\"\"";

  private EntryWire() {}

  /// A JSON object.
  ///
  /// @throws Fault MALFORMED for anything else
  static JsonNode object(byte[] body) {
    return StrictJson.object(body);
  }

  /// A text field.
  ///
  /// @throws Missing if it is absent or empty
  /// @throws Fault INVALID_FIELD if it is no text
  static String text(JsonNode body, String field) {
    JsonNode node = body.get(field);
    if (node == null || node.isNull()) {
      throw new Missing(field);
    }
    if (!node.isTextual()) {
      throw Fault.invalid(field, "must be a text");
    }
    if (node.textValue().isEmpty()) {
      throw new Missing(field);
    }
    return node.textValue();
  }

  /// A field that must be there is not.
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String field;

    Missing(String field) {
      super(field, null, false, false);
      this.field = field;
    }

    String field() {
      return field;
    }
  }

  static String login(String token, Profile profile, String picture) {
    StringBuilder out = new StringBuilder(256);
    field(out.append('{'), "token", token);
    field(out.append(','), "username", profile.loginName());
    field(out.append(','), "nickname", profile.account().nickname());
    field(out.append(','), "profilePicture", picture);
    field(out.append(','), "profile_picture", picture);
    return out.append('}').toString();
  }

  static String info(Profile profile, String picture) {
    StringBuilder out = new StringBuilder(256);
    field(out.append('{'), "username", profile.loginName());
    field(out.append(','), "nickname", profile.account().nickname());
    field(out.append(','), "profile_picture", picture);
    return out.append('}').toString();
  }

  /// @param twice whether the code stands under `coode` as well
  /// @param result JSON
  static HttpResponse success(boolean twice, String result) {
    return answer(twice, EntryCode.OK, "", result);
  }

  static HttpResponse success(boolean twice) {
    return success(twice, NOTHING);
  }

  static HttpResponse failure(boolean twice, EntryCode code, String text) {
    return answer(twice, code, text, NOTHING);
  }

  /// Of a caller who may try again after `later`: in whole seconds, one at least.
  static HttpResponse busy(boolean twice, Duration later) {
    EntryCode code = EntryCode.BUSY;
    return HttpResponse.of(busyHeaders(later), body(twice, code, code.text(), NOTHING));
  }

  private static ResponseHeaders busyHeaders(Duration later) {
    long seconds = Math.max(1, (later.toMillis() + 999) / 1000);
    return headers(EntryCode.BUSY)
        .withMutations(headers -> headers.setLong(HttpHeaderNames.RETRY_AFTER, seconds));
  }

  /// The same where the HTTP server wants an answer that is whole.
  static AggregatedHttpResponse refusal(boolean twice, EntryCode code) {
    ResponseHeaders headers = code == EntryCode.BUSY ? busyHeaders(Duration.ZERO) : headers(code);
    return AggregatedHttpResponse.of(headers, body(twice, code, code.text(), NOTHING));
  }

  private static HttpResponse answer(boolean twice, EntryCode code, String text, String result) {
    return HttpResponse.of(headers(code), body(twice, code, text, result));
  }

  private static HttpData body(boolean twice, EntryCode code, String text, String result) {
    StringBuilder out = new StringBuilder(result.length() + 64).append('{');
    if (twice) {
      out.append("\"coode\":").append(code.code()).append(',');
    }
    out.append("\"code\":").append(code.code()).append(',');
    field(out, "msg", text);
    out.append(",\"result\":").append(result).append('}');
    // As a String: other sequences take a far slower way into bytes.
    return HttpData.ofUtf8(out.toString());
  }

  private static final ResponseHeaders SUCCEEDED = headers(HttpStatus.OK);

  private static ResponseHeaders headers(EntryCode code) {
    return code.status().equals(HttpStatus.OK) ? SUCCEEDED : headers(code.status());
  }

  private static ResponseHeaders headers(HttpStatus status) {
    return ResponseHeaders.of(
        status,
        HttpHeaderNames.CONTENT_TYPE,
        MediaType.JSON_UTF_8,
        HttpHeaderNames.CACHE_CONTROL,
        "no-store",
        HttpHeaderNames.X_CONTENT_TYPE_OPTIONS,
        "nosniff");
  }

  private static void field(StringBuilder out, String name, String value) {
    out.append('"').append(name).append("\":\"").append(ENCODER.quoteAsString(value)).append('"');
  }
}
