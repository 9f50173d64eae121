package io.parley.face.rpc;

import io.grpc.MethodDescriptor;
import io.parley.api.common.CommonServiceGrpc;
import io.parley.api.common.PingRequest;
import io.parley.api.common.PingResponse;
import io.parley.api.feed.FeedServiceGrpc;
import io.parley.api.gateway.GatewayServiceGrpc;
import io.parley.api.group.GroupServiceGrpc;
import io.parley.api.user.UserServiceGrpc;
import java.util.List;

/// The Ping that every service of the contract has.
public final class CommonRpc {
  static final PingResponse PONG = PingResponse.newBuilder().setContent("pong").build();

  private CommonRpc() {}

  public static List<RpcMethod<?, ?>> methods() {
    return List.of(
        ping(CommonServiceGrpc.getPingMethod()),
        ping(FeedServiceGrpc.getPingMethod()),
        ping(GatewayServiceGrpc.getPingMethod()),
        ping(GroupServiceGrpc.getPingMethod()),
        ping(io.parley.api.message.MessageServiceGrpc.getPingMethod()),
        ping(UserServiceGrpc.getPingMethod()));
  }

  private static RpcMethod<PingRequest, PingResponse> ping(
      MethodDescriptor<PingRequest, PingResponse> method) {
    RpcMethod.Direct<PingRequest, PingResponse> handler =
        (caller, request, reply) -> reply.done(PONG);
    return new RpcMethod<>(method, true, handler);
  }
}
