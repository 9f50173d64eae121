package io.parley.face.rpc;

import static io.parley.face.rpc.UserRpc.method;

import io.parley.account.Accounts;
import io.parley.api.chat.ChatServiceGrpc;
import io.parley.api.chat.HideMessagesRequest;
import io.parley.api.chat.HideMessagesResponse;
import io.parley.api.chat.ListPinsRequest;
import io.parley.api.chat.ListPinsResponse;
import io.parley.api.chat.ListStarsRequest;
import io.parley.api.chat.ListStarsResponse;
import io.parley.api.chat.PinMessageRequest;
import io.parley.api.chat.PinMessageResponse;
import io.parley.api.chat.StarMessageRequest;
import io.parley.api.chat.StarMessageResponse;
import io.parley.api.conversation.Message;
import io.parley.base.Caller;
import io.parley.base.Limits;
import io.parley.base.MessageId;
import io.parley.base.Slice;
import io.parley.messaging.Revisions;
import java.util.List;

/// The methods of `chat.ChatService` that mark messages: pins, stars, what is deleted for oneself.
final class MarkRpc {
  private final Accounts accounts;
  private final Revisions revisions;
  private final Limits limits;

  MarkRpc(Accounts accounts, Revisions revisions, Limits limits) {
    this.accounts = accounts;
    this.revisions = revisions;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(ChatServiceGrpc.getPinMessageMethod(), false, this::pin),
        method(ChatServiceGrpc.getListPinsMethod(), false, this::pins),
        method(ChatServiceGrpc.getStarMessageMethod(), false, this::star),
        method(ChatServiceGrpc.getListStarsMethod(), false, this::stars),
        method(ChatServiceGrpc.getHideMessagesMethod(), false, this::hide));
  }

  private PinMessageResponse pin(Caller caller, PinMessageRequest request) {
    var message = revisions.pin(caller, new MessageId(request.getId()), request.getRemove());
    return PinMessageResponse.newBuilder().setMessage(message(message)).build();
  }

  private ListPinsResponse pins(Caller caller, ListPinsRequest request) {
    Slice<Message> found =
        fit(
            revisions.pins(
                caller,
                GroupWire.id("conversation_id", request.getConversationId()),
                part(request.getCursor(), request.getLimit())),
            caller);
    return ListPinsResponse.newBuilder()
        .addAllMessage(found.rows())
        .setNextCursor(found.next())
        .build();
  }

  private StarMessageResponse star(Caller caller, StarMessageRequest request) {
    var message =
        revisions.stars().star(caller, new MessageId(request.getId()), request.getRemove());
    return StarMessageResponse.newBuilder().setMessage(message(message)).build();
  }

  private ListStarsResponse stars(Caller caller, ListStarsRequest request) {
    Slice<Message> found =
        fit(revisions.stars().list(caller, part(request.getCursor(), request.getLimit())), caller);
    return ListStarsResponse.newBuilder()
        .addAllMessage(found.rows())
        .setNextCursor(found.next())
        .build();
  }

  private HideMessagesResponse hide(Caller caller, HideMessagesRequest request) {
    revisions
        .hiding()
        .hide(caller, request.getIdList().stream().map(MessageId::new).toList(), request.getUndo());
    return HideMessagesResponse.getDefaultInstance();
  }

  private Slice.Request part(String cursor, int limit) {
    return Slice.Request.of(cursor, limit, limits.pageSizeMax());
  }

  private Slice<Message> fit(Slice<io.parley.messaging.Message> found, Caller caller) {
    return Room.fit(found.map(this::message), caller, limits);
  }

  private Message message(io.parley.messaging.Message message) {
    return MessageWire.message(message, accounts.version(message.sender()));
  }
}
