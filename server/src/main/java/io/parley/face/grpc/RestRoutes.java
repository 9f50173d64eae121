package io.parley.face.grpc;

import com.google.api.HttpRule;
import java.util.ArrayList;
import java.util.List;

/// The REST form of the native API: which path calls which method. Path parts in braces are request
/// fields; of a GET or DELETE the query string gives the others, of a POST or PUT the JSON body
/// does. docs/API.md lists them for readers.
final class RestRoutes {
  private static final List<String> KINDS =
      List.of("Text", "Location", "Face", "Sound", "Image", "File", "Video");

  private RestRoutes() {}

  static List<HttpRule> rules() {
    List<HttpRule> rules = new ArrayList<>();
    rules.add(get("/v1/ping", "common.CommonService.Ping"));
    rules.add(post("/v1/mail", "common.CommonService.SendEmail"));
    rules.add(post("/v1/users", "user.UserService.CreateUser"));
    rules.add(get("/v1/users", "user.UserService.QueryUser"));
    rules.add(get("/v1/users/{id}", "user.UserService.GetUser"));
    rules.add(put("/v1/me/password", "user.UserService.UpdatePassword"));
    rules.add(put("/v1/me/avatar", "user.UserService.UpdateAvatar"));
    rules.add(get("/v1/me", "profile.ProfileService.GetProfile"));
    rules.add(put("/v1/me", "profile.ProfileService.UpdateProfile"));
    rules.add(post("/v1/login", "user.UserService.UserLogin"));
    rules.add(get("/v1/me/totp", "totp.TotpService.TotpStatus"));
    rules.add(post("/v1/me/totp", "totp.TotpService.BeginTotp"));
    rules.add(post("/v1/me/totp/confirm", "totp.TotpService.ConfirmTotp"));
    rules.add(post("/v1/me/totp/disable", "totp.TotpService.DisableTotp"));
    rules.add(post("/v1/me/totp/recovery_codes", "totp.TotpService.RegenerateRecoveryCodes"));
    rules.add(post("/v1/logout", "session.SessionService.Logout"));
    rules.add(post("/v1/sessions/confirm", "session.SessionService.ConfirmPassword"));
    rules.add(get("/v1/sessions", "session.SessionService.ListSessions"));
    rules.add(delete("/v1/sessions/{id}", "session.SessionService.EndSession"));
    addGroups(rules);
    addSocial(rules);
    addAdmin(rules);
    addChat(rules);
    rules.add(get("/v1/conversations", "conversation.ConversationService.Sync"));
    rules.add(
        get(
            "/v1/conversations/{conversation_id}/messages",
            "conversation.ConversationService.History"));
    rules.add(
        post(
            "/v1/conversations/{conversation_id}/read",
            "conversation.ConversationService.MarkRead"));
    rules.add(post("/v1/messages/{id}/recall", "conversation.ConversationService.Recall"));
    rules.add(post("/v1/messages/parse", "message.MessageService.ParseMessage"));
    feeds(rules);
    for (String kind : KINDS) {
      String path = kind.toLowerCase(java.util.Locale.ROOT);
      rules.add(
          post(
              "/v1/users/{to_user_id}/messages/" + path,
              "message.MessageService.SendUser" + kind + "Message"));
      rules.add(
          post(
              "/v1/groups/{to_group_id}/messages/" + path,
              "message.MessageService.SendGroup" + kind + "Message"));
    }
    return rules;
  }

  private static void addGroups(List<HttpRule> rules) {
    String groups = "group.GroupService.";
    rules.add(get("/v1/groups", groups + "QueryGroup"));
    rules.add(post("/v1/groups", groups + "CreateGroup"));
    rules.add(get("/v1/groups/{id}", groups + "GetGroup"));
    rules.add(put("/v1/groups/{id}", groups + "UpdateGroup"));
    rules.add(delete("/v1/groups/{id}", groups + "DeleteGroup"));
    rules.add(post("/v1/groups/{id}/join", groups + "JoinGroup"));
    rules.add(post("/v1/groups/{id}/quit", groups + "QuitGroup"));
    rules.add(get("/v1/groups/{id}/users", groups + "GetGroupUser"));
    String members = "membership.MembershipService.";
    rules.add(get("/v1/me/groups", members + "ListMyGroups"));
    rules.add(get("/v1/groups/{group_id}/members", members + "ListMembers"));
    rules.add(put("/v1/groups/{group_id}/members/{user_id}/role", members + "SetRole"));
    rules.add(put("/v1/groups/{group_id}/members/{user_id}/mute", members + "Mute"));
    rules.add(post("/v1/groups/{group_id}/transfer", members + "Transfer"));
    rules.add(put("/v1/groups/{group_id}/mute", members + "MuteAll"));
    rules.add(put("/v1/groups/{group_id}/announcement", members + "Announce"));
    rules.add(put("/v1/groups/{group_id}/join_policy", members + "SetJoinPolicy"));
    rules.add(get("/v1/groups/{group_id}/requests", members + "ListJoinRequests"));
    rules.add(post("/v1/groups/{group_id}/requests/{user_id}", members + "AnswerJoinRequest"));
    String mine = "/v1/me/invitations";
    rules.add(get(mine, members + "ListGroupInvitations"));
    rules.add(post(mine + "/{group_id}/accept", members + "AcceptGroupInvitation"));
    rules.add(post(mine + "/{group_id}/decline", members + "DeclineGroupInvitation"));
    String invited = "/v1/groups/{group_id}/invitations";
    rules.add(get(invited, members + "ListInvited"));
    rules.add(delete(invited + "/{user_id}", members + "WithdrawGroupInvitation"));
  }

  private static void addAdmin(List<HttpRule> rules) {
    rules.add(post("/v1/reports", "report.ReportService.Report"));
    String admin = "admin.AdminService.";
    rules.add(get("/v1/admin/overview", admin + "Overview"));
    rules.add(get("/v1/admin/accounts", admin + "SearchAccounts"));
    rules.add(get("/v1/admin/accounts/{id}", admin + "GetAccount"));
    rules.add(post("/v1/admin/accounts/{id}/disable", admin + "DisableAccount"));
    rules.add(post("/v1/admin/accounts/{id}/enable", admin + "EnableAccount"));
    rules.add(post("/v1/admin/accounts/{id}/end_sessions", admin + "EndSessions"));
    rules.add(post("/v1/admin/accounts/{id}/reset_password", admin + "ResetPassword"));
    rules.add(post("/v1/admin/accounts/{id}/remove_totp", admin + "RemoveTotp"));
    rules.add(put("/v1/admin/accounts/{id}/rights", admin + "SetRights"));
    rules.add(get("/v1/admin/groups", admin + "SearchGroups"));
    rules.add(get("/v1/admin/groups/{id}", admin + "GetGroup"));
    rules.add(get("/v1/admin/groups/{group_id}/members", admin + "ListGroupMembers"));
    rules.add(post("/v1/admin/groups/{id}/dissolve", admin + "DissolveGroup"));
    rules.add(post("/v1/admin/groups/{group_id}/members/{user_id}/remove", admin + "RemoveMember"));
    rules.add(get("/v1/admin/reports", admin + "ListReports"));
    rules.add(post("/v1/admin/reports/{id}/resolve", admin + "ResolveReport"));
    rules.add(get("/v1/admin/apps", admin + "ListApps"));
    rules.add(post("/v1/admin/apps", admin + "AddApp"));
    rules.add(put("/v1/admin/apps/{id}/enabled", admin + "SetAppEnabled"));
    rules.add(delete("/v1/admin/apps/{id}", admin + "RemoveApp"));
    rules.add(get("/v1/admin/tokens", admin + "ListTokens"));
    rules.add(post("/v1/admin/tokens", admin + "CreateToken"));
    rules.add(delete("/v1/admin/tokens/{id}", admin + "RevokeToken"));
    rules.add(get("/v1/admin/limits", admin + "ListLimits"));
    rules.add(get("/v1/admin/audit", admin + "ListAudit"));
    rules.add(get("/v1/admin/export_key", admin + "ExportKey"));
  }

  private static void addChat(List<HttpRule> rules) {
    String chat = "chat.ChatService.";
    rules.add(put("/v1/conversations/{conversation_id}/settings", chat + "SetConversation"));
    rules.add(post("/v1/conversations/{conversation_id}/typing", chat + "Typing"));
    rules.add(get("/v1/conversations/{conversation_id}/changes", chat + "ListChanges"));
    rules.add(get("/v1/messages/search", chat + "SearchMessages"));
    rules.add(put("/v1/messages/{id}", chat + "EditMessage"));
    rules.add(get("/v1/messages/{id}/readers", chat + "ListReaders"));
    rules.add(post("/v1/messages/{id}/reactions", chat + "React"));
    rules.add(get("/v1/presence", chat + "GetPresence"));
  }

  private static void addSocial(List<HttpRule> rules) {
    String friends = "social.FriendService.";
    rules.add(get("/v1/friends", friends + "ListFriends"));
    rules.add(post("/v1/friends", friends + "RequestFriend"));
    rules.add(get("/v1/friends/requests", friends + "ListRequests"));
    rules.add(post("/v1/friends/requests/{user_id}/accept", friends + "AcceptFriend"));
    rules.add(post("/v1/friends/requests/{user_id}/refuse", friends + "RefuseFriend"));
    rules.add(delete("/v1/friends/{user_id}", friends + "RemoveFriend"));
    rules.add(put("/v1/friends/{user_id}/remark", friends + "SetRemark"));
    rules.add(get("/v1/users/{user_id}/relation", friends + "GetRelation"));
    rules.add(get("/v1/blocks", friends + "ListBlocked"));
    rules.add(put("/v1/blocks/{user_id}", friends + "Block"));
    rules.add(delete("/v1/blocks/{user_id}", friends + "Unblock"));
    rules.add(get("/v1/me/privacy", friends + "GetPrivacy"));
    rules.add(put("/v1/me/privacy", friends + "SetPrivacy"));
    rules.add(put("/v1/users/{user_id}/follow", "social.FollowService.Follow"));
    rules.add(delete("/v1/users/{user_id}/follow", "social.FollowService.Unfollow"));
    rules.add(get("/v1/users/{user_id}/followers", "social.FollowService.ListFollowers"));
    rules.add(get("/v1/users/{user_id}/following", "social.FollowService.ListFollowing"));
  }

  private static void feeds(List<HttpRule> rules) {
    rules.add(post("/v1/feeds", "feed.FeedService.FeedCreate"));
    rules.add(get("/v1/feeds/own", "feed.FeedService.FeedOwn"));
    rules.add(get("/v1/feeds/query", "feed.FeedService.FeedQuery"));
    rules.add(get("/v1/feeds/follow", "feed.FeedService.FeedFollow"));
    rules.add(get("/v1/feeds/recommend", "feed.FeedService.FeedRecommend"));
    rules.add(get("/v1/feeds/{id}", "feed.FeedService.FeedGet"));
    rules.add(put("/v1/feeds/{id}", "feed.FeedService.FeedEdit"));
    rules.add(delete("/v1/feeds/{id}", "feed.FeedService.FeedDelete"));
    rules.add(put("/v1/feeds/{id}/like", "feed.FeedService.FeedLike"));
    rules.add(delete("/v1/feeds/{id}/like", "feed.FeedService.FeedUnLike"));
    rules.add(get("/v1/feeds/{feed_id}/likes", "feedplus.CommentService.ListLikes"));
    rules.add(post("/v1/feeds/{feed_id}/comments", "feedplus.CommentService.CreateComment"));
    rules.add(get("/v1/feeds/{feed_id}/comments", "feedplus.CommentService.ListComments"));
    rules.add(delete("/v1/comments/{id}", "feedplus.CommentService.DeleteComment"));
    rules.add(post("/v1/feeds/{feed_id}/report", "feedplus.CommentService.ReportFeed"));
    rules.add(get("/v1/moderation/feeds", "feedplus.ModerationService.ReviewQueue"));
    rules.add(post("/v1/moderation/feeds/{feed_id}", "feedplus.ModerationService.Decide"));
    rules.add(
        put("/v1/moderation/feeds/{feed_id}/enabled", "feedplus.ModerationService.SetEnabled"));
    rules.add(
        get("/v1/moderation/feeds/{feed_id}/reports", "feedplus.ModerationService.ListReports"));
    rules.add(get("/v1/moderation/ranking", "feedplus.ModerationService.Ranking"));
  }

  private static HttpRule get(String path, String method) {
    return HttpRule.newBuilder().setSelector(method).setGet(path).build();
  }

  private static HttpRule delete(String path, String method) {
    return HttpRule.newBuilder().setSelector(method).setDelete(path).build();
  }

  private static HttpRule post(String path, String method) {
    return HttpRule.newBuilder().setSelector(method).setPost(path).setBody("*").build();
  }

  private static HttpRule put(String path, String method) {
    return HttpRule.newBuilder().setSelector(method).setPut(path).setBody("*").build();
  }
}
