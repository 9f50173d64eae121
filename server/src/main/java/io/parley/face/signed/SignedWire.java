package io.parley.face.signed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.parley.account.Gender;
import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.partner.Admissions;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The texts and shapes of signed-http.
final class SignedWire {
  static final String BUSINESS = "业务处理异常：";
  static final String LOGGED_OUT = "退出登录成功";

  private static final String UNAUTHENTICATED = "鉴权失败：";
  private static final String INTERNAL = "内部异常：";
  private static final String DEAD_TOKEN = "认证失败，不是有效的token";
  private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{32}");
  private static final JsonMapper JSON = new JsonMapper();

  private SignedWire() {}

  /// `userId`: the contract's prefix before the id.
  static String userId(AccountId id) {
    return "30" + id.value();
  }

  /// `"0"` male, `"1"` female, null unknown.
  static Gender gender(@Nullable String sex) {
    return switch (sex) {
      case null -> Gender.UNKNOWN;
      case "0" -> Gender.MALE;
      case "1" -> Gender.FEMALE;
      default -> throw Refusal.business("sex只能为0或1");
    };
  }

  /// A password as it is compared: an MD5 is the same in letters of either case.
  static String password(String wire) {
    return DIGEST.matcher(wire).matches() ? wire.toLowerCase(Locale.ROOT) : wire;
  }

  static AggregatedHttpResponse json(Map<String, String> fields) {
    try {
      return AggregatedHttpResponse.of(
          HttpStatus.OK, MediaType.JSON_UTF_8, JSON.writeValueAsString(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static AggregatedHttpResponse text(HttpStatus status, String text) {
    return AggregatedHttpResponse.of(headers(status).build(), HttpData.ofUtf8(text));
  }

  static AggregatedHttpResponse onlyPost(String service) {
    return AggregatedHttpResponse.of(
        headers(HttpStatus.METHOD_NOT_ALLOWED).set(HttpHeaderNames.ALLOW, "POST").build(),
        HttpData.ofUtf8(BUSINESS + "服务" + service + "只支持POST请求"));
  }

  static Refusal unknownService(String service) {
    return new Refusal(HttpStatus.NOT_FOUND, "没有该服务 serviceCode = " + service);
  }

  static Refusal deadToken() {
    return new Refusal(HttpStatus.UNAUTHORIZED, DEAD_TOKEN);
  }

  static Refusal replayed() {
    return unauthenticated("TRANSACTION_ID 重复");
  }

  static Refusal tooLarge(int bytesMax) {
    return new Refusal(
        HttpStatus.REQUEST_ENTITY_TOO_LARGE, BUSINESS + "请求报文不能超过" + bytesMax + "字节");
  }

  static Refusal refused(Admissions.Reason reason, String service) {
    return switch (reason) {
      case APP_ID -> unauthenticated("APP_ID 为空或不正确");
      case NO_TRANSACTION_ID -> unauthenticated("TRANSACTION_ID 不能为空");
      case LONG_TRANSACTION_ID ->
          Refusal.business("transaction_id长度不能超过" + Admissions.TRANSACTION_CHARS_MAX);
      case SIGN -> unauthenticated("签名失败");
      case TIME_FORMAT -> unauthenticated("requestTime 格式不对，遵循yyyyMMddHHmmss格式");
      case TIME_RANGE -> unauthenticated("requestTime 超出允许范围");
      case SERVICE -> unauthenticated("AppId 没有权限访问 serviceCode = " + service);
      case ADDRESS -> unauthenticated("当前IP被限制不能访问服务");
    };
  }

  /// What the core refuses.
  static AggregatedHttpResponse fault(Fault fault) {
    return switch (fault.code()) {
      case NOT_LOGGED_IN -> text(HttpStatus.UNAUTHORIZED, DEAD_TOKEN);
      case WRONG_CREDENTIALS, ACCOUNT_DISABLED, SECOND_FACTOR_NEEDED, SECOND_FACTOR_WRONG ->
          text(HttpStatus.UNAUTHORIZED, "用户或密码错误");
      case ALREADY_EXISTS -> text(HttpStatus.BAD_REQUEST, BUSINESS + field(fault) + "已存在");
      case INVALID_FIELD, TOO_LARGE, MALFORMED, BAD_ACCOUNT_ID ->
          text(HttpStatus.BAD_REQUEST, BUSINESS + field(fault) + "不正确");
      case NO_SUCH_ACCOUNT, NOT_FOUND, FAILED_PRECONDITION ->
          text(HttpStatus.BAD_REQUEST, BUSINESS + "当前状态不能执行该操作");
      case PASSWORD_EXPIRED -> text(HttpStatus.FORBIDDEN, BUSINESS + "密码已被重置，请先在网页端修改密码");
      case FORBIDDEN, CONFIRMATION_NEEDED, RIGHT_DORMANT ->
          text(HttpStatus.FORBIDDEN, BUSINESS + "没有权限");
      case NO_SUCH_METHOD -> text(HttpStatus.NOT_FOUND, BUSINESS + "没有该服务");
      case THROTTLED, QUOTA ->
          later(HttpStatus.TOO_MANY_REQUESTS, BUSINESS + "操作过于频繁，请稍后再试", fault);
      case BUSY, UNAVAILABLE ->
          later(HttpStatus.SERVICE_UNAVAILABLE, INTERNAL + "系统繁忙，请稍后再试", fault);
      case INTERNAL -> text(HttpStatus.INTERNAL_SERVER_ERROR, INTERNAL + "服务暂时不可用");
    };
  }

  private static AggregatedHttpResponse later(HttpStatus status, String text, Fault fault) {
    ResponseHeadersBuilder headers = headers(status);
    long seconds = (fault.retryAfter().toMillis() + 999) / 1000;
    if (seconds > 0) {
      headers.setLong(HttpHeaderNames.RETRY_AFTER, seconds);
    }
    return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(text));
  }

  private static ResponseHeadersBuilder headers(HttpStatus status) {
    return ResponseHeaders.builder(status)
        .contentType(MediaType.PLAIN_TEXT_UTF_8)
        .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
  }

  private static Refusal unauthenticated(String why) {
    return new Refusal(HttpStatus.UNAUTHORIZED, UNAUTHENTICATED + why);
  }

  /// The contract's name of the field that a fault's text begins with.
  private static String field(Fault fault) {
    String name = fault.text().split(":", 2)[0];
    return switch (name) {
      case "username", "nickname" -> "name（用户名称）";
      case "phone" -> "tel（手机号）";
      case "email" -> "email（邮箱地址）";
      case "password" -> "password（密码）";
      default -> "请求参数";
    };
  }
}
