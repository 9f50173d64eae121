package io.parley.face.rpc;

import com.google.protobuf.Message;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.session.Proof;
import java.util.Set;

/// Who may call what, before a method sees its caller.
///
/// Rights are those that a session has at this moment. The acts in [#DANGEROUS] want the password
/// shown a short while ago.
///
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

  private static final String ADMIN = "admin.AdminService/";

  /// What does lasting harm in the hands of somebody who found a console or a client open. Exports
  /// ask for themselves.
  private static final Set<String> DANGEROUS =
      Set.of(
          ADMIN + "DisableAccount",
          ADMIN + "ResetPassword",
          ADMIN + "SetRights",
          ADMIN + "AddApp",
          ADMIN + "CreateToken",
          ADMIN + "RemoveTotp",
          ADMIN + "RecallReported",
          "email.EmailService/BeginEmail",
          "email.EmailService/RemoveEmail",
          "totp.TotpService/BeginTotp",
          "totp.TotpService/DisableTotp",
          "totp.TotpService/RegenerateRecoveryCodes");

  private Access() {}

  static <Q extends Message, R extends Message> RpcMethod<Q, R> guarded(
      RpcMethod<Q, R> method, Proof proof) {
    if (method.open()) {
      return method;
    }
    String name = method.name();
    boolean dangerous = DANGEROUS.contains(name);
    boolean forVouched = VOUCHED.contains(name.substring(0, name.indexOf('/')));
    boolean profiles = PROFILES.contains(name);
    RpcMethod.Handler<Q, R> guarded =
        switch (method.handler()) {
          case RpcMethod.Blocking<Q, R> blocking ->
              (RpcMethod.Blocking<Q, R>)
                  (caller, request) -> {
                    Caller now = proof.now(caller);
                    try {
                      require(now, forVouched, profiles);
                      if (dangerous) {
                        requireProven(now, name, proof);
                      }
                      return blocking.call(now, request);
                    } catch (Fault e) {
                      throw told(e, now, proof);
                    }
                  };
          case RpcMethod.Direct<Q, R> direct ->
              (RpcMethod.Direct<Q, R>)
                  (caller, request, reply) -> {
                    Caller now = proof.now(caller);
                    try {
                      require(now, forVouched, profiles);
                    } catch (Fault e) {
                      throw told(e, now, proof);
                    }
                    direct.call(now, request, reply);
                  };
        };
    return new RpcMethod<>(method.descriptor(), false, guarded);
  }

  private static Fault told(Fault fault, Caller caller, Proof proof) {
    if (fault.code() == FaultCode.FORBIDDEN || fault.code() == FaultCode.RIGHT_DORMANT) {
      proof.refused(caller);
    }
    return fault;
  }

  private static void requireProven(Caller caller, String name, Proof proof) {
    if (name.startsWith(ADMIN)) {
      caller.require(Right.ADMIN); // Nobody else is asked for a password that would not help.
    }
    proof.requireFresh(caller);
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
