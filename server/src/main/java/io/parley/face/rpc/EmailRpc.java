package io.parley.face.rpc;

import io.parley.account.Emails;
import io.parley.api.email.BeginEmailRequest;
import io.parley.api.email.BeginEmailResponse;
import io.parley.api.email.ConfirmEmailRequest;
import io.parley.api.email.ConfirmEmailResponse;
import io.parley.api.email.EmailServiceGrpc;
import io.parley.api.email.EmailStatusRequest;
import io.parley.api.email.EmailStatusResponse;
import io.parley.api.email.RemoveEmailRequest;
import io.parley.api.email.RemoveEmailResponse;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.session.OwnEmail;
import java.util.List;

/// The methods of `email.EmailService`. They concern the caller's own account only.
final class EmailRpc {
  private static final int LANGUAGE_CHARS_MAX = 35;
  private static final int CODE_CHARS_MAX = 64;

  private final OwnEmail own;

  EmailRpc(OwnEmail own) {
    this.own = own;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(EmailServiceGrpc.getEmailStatusMethod(), false, this::status),
        UserRpc.method(EmailServiceGrpc.getBeginEmailMethod(), false, this::begin),
        UserRpc.method(EmailServiceGrpc.getConfirmEmailMethod(), false, this::confirm),
        UserRpc.method(EmailServiceGrpc.getRemoveEmailMethod(), false, this::remove));
  }

  private EmailStatusResponse status(Caller caller, EmailStatusRequest request) {
    Emails.Status status = own.status(caller);
    return EmailStatusResponse.newBuilder()
        .setEmail(status.address())
        .setVerified(status.verified())
        .setPending(status.pending())
        .build();
  }

  private BeginEmailResponse begin(Caller caller, BeginEmailRequest request) {
    boolean outbox = own.begin(caller, request.getEmail(), language(request.getLanguage()));
    return BeginEmailResponse.newBuilder().setOutbox(outbox).build();
  }

  private ConfirmEmailResponse confirm(Caller caller, ConfirmEmailRequest request) {
    requireShort("code", request.getCode(), CODE_CHARS_MAX);
    String email = own.confirm(caller, request.getCode(), language(request.getLanguage()));
    return ConfirmEmailResponse.newBuilder().setEmail(email).build();
  }

  private RemoveEmailResponse remove(Caller caller, RemoveEmailRequest request) {
    own.remove(caller, language(request.getLanguage()));
    return RemoveEmailResponse.getDefaultInstance();
  }

  /// @throws Fault TOO_LARGE naming `language`
  static String language(String tag) {
    return requireShort("language", tag, LANGUAGE_CHARS_MAX);
  }

  static String requireShort(String field, String text, int charsMax) {
    if (text.length() > charsMax) {
      throw Fault.of(FaultCode.TOO_LARGE, field + ": longer than " + charsMax + " characters");
    }
    return text;
  }
}
