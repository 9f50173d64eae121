package io.parley.face.rpc;

import com.google.protobuf.Message;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import java.util.Set;

/// What trusted programs may call, in whatever way they call it: by themselves what their rights
/// name, for an account that they vouch for what a chat needs. So a program with the gateway right
/// alone reads no profile, makes no token and ends no session. Whoever shows a token of its own is
/// not concerned.
final class Access {
  /// Services for accounts that were only vouched for. They keep to what is said between people:
  /// nothing of who somebody is, of logging in, of operating.
  private static final Set<String> VOUCHED =
      Set.of(
          "common.CommonService",
          "message.MessageService",
          "conversation.ConversationService",
          "chat.ChatService",
          "group.GroupService",
          "membership.MembershipService",
          "feed.FeedService",
          "feedplus.CommentService");

  /// Methods that need no account, but are nothing that a right names.
  private static final Set<String> PROFILES =
      Set.of("user.UserService/GetUser", "user.UserService/QueryUser");

  private Access() {}

  static <Q extends Message, R extends Message> RpcMethod<Q, R> guarded(RpcMethod<Q, R> method) {
    if (method.open()) {
      return method;
    }
    String name = method.name();
    boolean forVouched = VOUCHED.contains(name.substring(0, name.indexOf('/')));
    boolean profiles = PROFILES.contains(name);
    RpcMethod.Handler<Q, R> guarded =
        switch (method.handler()) {
          case RpcMethod.Blocking<Q, R> blocking ->
              (RpcMethod.Blocking<Q, R>)
                  (caller, request) -> {
                    require(caller, forVouched, profiles);
                    return blocking.call(caller, request);
                  };
          case RpcMethod.Direct<Q, R> direct ->
              (RpcMethod.Direct<Q, R>)
                  (caller, request, reply) -> {
                    require(caller, forVouched, profiles);
                    direct.call(caller, request, reply);
                  };
        };
    return new RpcMethod<>(method.descriptor(), false, guarded);
  }

  private static void require(Caller caller, boolean forVouched, boolean profiles) {
    if (caller.program().isEmpty()) {
      return;
    }
    if (caller.isVouched() && !forVouched) {
      throw Fault.of(
          FaultCode.FORBIDDEN, "not for a client that did not log in: its gateway vouches for it");
    }
    if (profiles && !caller.isVouched() && !caller.has(Right.ADMIN)) {
      throw Fault.of(FaultCode.FORBIDDEN, "no right of this program names it");
    }
  }
}
