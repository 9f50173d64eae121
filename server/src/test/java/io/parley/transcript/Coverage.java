package io.parley.transcript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// What the transcripts of a contract must have exercised. A contract is listed once it is done.
///
/// An item is a name and a regular expression over the lines of [Exchanges]. gRPC methods come from
/// the descriptors; paths and codes are what the documents list.
final class Coverage {
  private Coverage() {}

  /// By contract, that is folder.
  static Map<String, Map<String, Pattern>> table() {
    return Map.of(
        "signed-http",
        signedHttp(),
        "entry-rpc",
        entryRpc(),
        "entry-http",
        entryHttp(),
        "phone-im",
        phone(),
        "social-grpc",
        social());
  }

  /// The services of the native API. Each of their methods must succeed once and, unless it is
  /// open, refuse a caller without a token.
  private static final String[] NATIVE = {
    "user.UserService",
    "message.MessageService",
    "conversation.ConversationService",
    "group.GroupService",
    "membership.MembershipService",
    "invite.InviteService",
    "chat.ChatService",
    "social.FriendService",
    "social.FollowService",
    "profile.ProfileService",
    "session.SessionService",
    "totp.TotpService",
    "common.CommonService",
    "feed.FeedService",
    "feedplus.CommentService",
    "feedplus.ModerationService",
    "gateway.GatewayService",
    "activity.ActivityService",
    "report.ReportService",
    "admin.AdminService",
  };

  private static Map<String, Pattern> social() {
    Map<String, Pattern> items = methods(NATIVE);
    for (String method : List.copyOf(items.keySet())) {
      if (!method.matches(".*/(Ping|CreateUser|UserLogin|LookAtInvite|LookAtServer)")) {
        items.put(
            method + " without a token",
            Pattern.compile("^grpc " + Pattern.quote(method) + " -> UNAUTHENTICATED .*\"1000\""));
      }
    }
    refusal(items, "UNAUTHENTICATED", 1000, 2001);
    refusal(items, "UNAUTHENTICATED", 1003, 2002, 2003);
    refusal(items, "UNAUTHENTICATED", 1003, 2009);
    refusal(items, "FAILED_PRECONDITION", 1003, 2005, 2006, 2007);
    refusal(items, "PERMISSION_DENIED", 1003, 2004, 2008);
    refusal(items, "INVALID_ARGUMENT", 1001, 2101, 2102, 2103);
    refusal(items, "INVALID_ARGUMENT", 1002, 2108);
    refusal(items, "NOT_FOUND", 1001, 2105);
    refusal(items, "NOT_FOUND", 1002, 2104);
    refusal(items, "ALREADY_EXISTS", 1001, 2106);
    refusal(items, "FAILED_PRECONDITION", 1001, 2107);
    refusal(items, "RESOURCE_EXHAUSTED", 1004, 2201, 2202, 2203);
    refusal(items, "UNIMPLEMENTED", 1005, 2301);
    refusal(items, "INTERNAL", 1004, 2901);
    refusal(items, "UNAVAILABLE", 1004, 2902);
    return items;
  }

  private static void refusal(
      Map<String, Pattern> items, String status, int errorCode, int... businessCodes) {
    for (int businessCode : businessCodes) {
      String answer = status + " {\"error_code\":\"" + errorCode;
      answer += "\",\"business_code\":\"" + businessCode + "\",";
      items.put(
          status + " " + errorCode + " " + businessCode,
          Pattern.compile("^grpc .* -> " + Pattern.quote(answer)));
    }
  }

  private static Map<String, Pattern> phone() {
    Map<String, Pattern> items = new LinkedHashMap<>();
    for (String route :
        List.of(
            "POST /android/login/",
            "POST /android/register/",
            "POST /android/complete_account/",
            "POST /android/save_file/",
            "GET /android/out/",
            "GET /android/push_id/\\w+",
            "GET /android/user_search/\\w+/\\d+/?",
            "GET /android/group_search/[\\w%]+/\\d+/",
            "GET /android/friends/\\w+/\\d+/",
            "GET /android/user_contacts/",
            "GET /android/add_friend/\\d+/",
            "POST /android/add_friend/\\d+/")) {
      boolean refused = route.startsWith("POST /android/add_friend");
      items.put(
          route,
          Pattern.compile("^http " + route + " -> 200 \\{\"status\":" + (refused ? "" : "1,")));
    }
    for (int status :
        new int[] {
          1, 0, 6000, 6001, 6002, 6003, 6004, 7000, 7001, 8000, 8001, 8002, 8003, 8004, 8005, 9000,
          10000, 11000, 11001
        }) {
      items.put(
          "status " + status,
          Pattern.compile("^http \\w+ /android/.* -> 200 \\{\"status\":" + status + ","));
    }
    return items;
  }

  private static Map<String, Pattern> signedHttp() {
    Map<String, Pattern> items = new LinkedHashMap<>();
    for (String path :
        List.of(
            "user.service.register",
            "user.service.login",
            "user.service.logout",
            "check.service.login")) {
      items.put(path, Pattern.compile("^http POST /api/" + Pattern.quote(path) + " -> 200 "));
    }
    for (String text :
        List.of(
            "401 鉴权失败：APP_ID 为空或不正确",
            "401 鉴权失败：TRANSACTION_ID 不能为空",
            "401 鉴权失败：TRANSACTION_ID 重复",
            "401 鉴权失败：签名失败",
            "401 鉴权失败：requestTime 格式不对，遵循yyyyMMddHHmmss格式",
            "401 鉴权失败：requestTime 超出允许范围",
            "401 鉴权失败：AppId 没有权限访问 serviceCode = user.service.login",
            "401 鉴权失败：当前IP被限制不能访问服务",
            "401 用户或密码错误",
            "401 认证失败，不是有效的token",
            "404 没有该服务 serviceCode = user.service.nothing",
            "200 退出登录成功")) {
      items.put(text, Pattern.compile(" -> " + Pattern.quote(text) + "$"));
    }
    items.put("400", Pattern.compile(" -> 400 业务处理异常："));
    items.put("taken", Pattern.compile(" -> 400 业务处理异常：.*已存在$"));
    return items;
  }

  private static Map<String, Pattern> entryRpc() {
    Map<String, Pattern> items = methods("proto.UserService");
    for (String method : List.copyOf(items.keySet())) {
      String name = method.substring(method.indexOf('/') + 1);
      String small =
          "proto.UserService/" + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
      items.put(small, Pattern.compile("^grpc " + Pattern.quote(small) + " -> OK .*\"code\":0,"));
    }
    for (int code : new int[] {0, 3001, 3002, 3003, 3004, 3005}) {
      items.put("code " + code, Pattern.compile("^grpc proto\\S+ -> OK .*\"code\":" + code + ","));
    }
    return items;
  }

  private static Map<String, Pattern> entryHttp() {
    Map<String, Pattern> items = new LinkedHashMap<>();
    for (String route :
        List.of(
            "POST /login",
            "POST /user/logout",
            "PUT /user/update_user_info",
            "PUT /user/update_user_profile_picture",
            "POST /user/update_user_profile_picture")) {
      items.put(route, Pattern.compile("^http " + route + " -> 200 \\{\"coode\":0,\"code\":0,"));
    }
    items.put(
        "get_user_info", Pattern.compile("^http GET /user/get_user_info -> 200 \\{\"code\":0,"));
    for (String path : List.of("/upload", "/front_end/upload", "/src/front_end/upload")) {
      items.put(path, Pattern.compile("^http GET " + path + "/[0-9a-f]{64}\\.\\w+ -> 200 "));
    }
    Map<Integer, Integer> statuses =
        Map.ofEntries(
            Map.entry(200400, 400),
            Map.entry(200401, 400),
            Map.entry(200404, 404),
            Map.entry(200405, 405),
            Map.entry(200410, 401),
            Map.entry(200412, 401),
            Map.entry(200411, 200),
            Map.entry(200500, 500),
            Map.entry(3002, 200),
            Map.entry(3003, 200),
            Map.entry(100403, 403));
    statuses.forEach(
        (code, status) ->
            items.put(
                "code " + code + " with status " + status,
                Pattern.compile("^http .* -> " + status + " .*\"code\":" + code + ",")));
    return items;
  }

  /// The names of what nothing in `exchanges` matches.
  static List<String> missing(Map<String, Pattern> items, Exchanges exchanges) {
    List<String> missing = new ArrayList<>();
    items.forEach(
        (name, pattern) -> {
          if (!exchanges.has(pattern)) {
            missing.add(name);
          }
        });
    return missing;
  }

  /// Every method of `services`, called with success.
  static Map<String, Pattern> methods(String... services) {
    Map<String, Pattern> items = new LinkedHashMap<>();
    for (String method : ApiMethods.all().keySet()) {
      if (List.of(services).contains(method.substring(0, method.indexOf('/')))) {
        items.put(method, Pattern.compile("^grpc " + Pattern.quote(method) + " -> OK"));
      }
    }
    return items;
  }
}
