package io.parley.face.rpc;

import io.grpc.MethodDescriptor;
import io.parley.api.common.CommonServiceGrpc;
import io.parley.api.common.PingRequest;
import io.parley.api.common.PingResponse;
import io.parley.api.common.SendEmailRequest;
import io.parley.api.common.SendEmailResponse;
import io.parley.api.feed.FeedServiceGrpc;
import io.parley.api.gateway.GatewayServiceGrpc;
import io.parley.api.group.GroupServiceGrpc;
import io.parley.api.user.UserServiceGrpc;
import io.parley.base.Caller;
import io.parley.mail.Mail;
import io.parley.mail.Mails;
import java.util.List;

/// The Ping that every service of the contract has, and mail.
final class CommonRpc {
  static final PingResponse PONG = PingResponse.newBuilder().setContent("pong").build();

  private final Mails mails;

  CommonRpc(Mails mails) {
    this.mails = mails;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(CommonServiceGrpc.getSendEmailMethod(), false, this::sendEmail),
        ping(CommonServiceGrpc.getPingMethod()),
        ping(FeedServiceGrpc.getPingMethod()),
        ping(GatewayServiceGrpc.getPingMethod()),
        ping(GroupServiceGrpc.getPingMethod()),
        ping(io.parley.api.message.MessageServiceGrpc.getPingMethod()),
        ping(UserServiceGrpc.getPingMethod()));
  }

  private SendEmailResponse sendEmail(Caller caller, SendEmailRequest request) {
    mails.send(
        caller,
        new Mail(
            request.getReceiverMap(),
            request.getCcMap(),
            request.getSubject(),
            request.getContent()));
    return SendEmailResponse.newBuilder().setOutbox(mails.outbox()).build();
  }

  private static RpcMethod<PingRequest, PingResponse> ping(
      MethodDescriptor<PingRequest, PingResponse> method) {
    RpcMethod.Direct<PingRequest, PingResponse> handler =
        (caller, request, reply) -> reply.done(PONG);
    return new RpcMethod<>(method, true, handler);
  }
}
