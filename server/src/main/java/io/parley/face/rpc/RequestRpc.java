package io.parley.face.rpc;

import static io.parley.face.rpc.UserRpc.method;

import io.parley.api.chat.AcceptRequestRequest;
import io.parley.api.chat.AcceptRequestResponse;
import io.parley.api.chat.ChatServiceGrpc;
import io.parley.base.Caller;
import io.parley.messaging.Requests;
import java.util.List;

/// The method of `chat.ChatService` that answers what strangers wrote.
final class RequestRpc {
  private final Requests requests;

  RequestRpc(Requests requests) {
    this.requests = requests;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(method(ChatServiceGrpc.getAcceptRequestMethod(), false, this::accept));
  }

  private AcceptRequestResponse accept(Caller caller, AcceptRequestRequest request) {
    requests.accept(caller, GroupWire.id("conversation_id", request.getConversationId()));
    return AcceptRequestResponse.getDefaultInstance();
  }
}
