package io.parley.face.rpc;

import static io.parley.face.rpc.UserRpc.method;

import io.parley.account.Accounts;
import io.parley.api.chat.ChatServiceGrpc;
import io.parley.api.chat.EditMessageRequest;
import io.parley.api.chat.EditMessageResponse;
import io.parley.api.chat.GetPresenceRequest;
import io.parley.api.chat.GetPresenceResponse;
import io.parley.api.chat.ListChangesRequest;
import io.parley.api.chat.ListChangesResponse;
import io.parley.api.chat.ListReadersRequest;
import io.parley.api.chat.ListReadersResponse;
import io.parley.api.chat.Presence;
import io.parley.api.chat.ReactRequest;
import io.parley.api.chat.ReactResponse;
import io.parley.api.chat.SearchMessagesRequest;
import io.parley.api.chat.SearchMessagesResponse;
import io.parley.api.chat.SetConversationRequest;
import io.parley.api.chat.SetConversationResponse;
import io.parley.api.chat.TypingRequest;
import io.parley.api.chat.TypingResponse;
import io.parley.api.conversation.Message;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Limits;
import io.parley.base.MessageId;
import io.parley.base.Page;
import io.parley.base.Slice;
import io.parley.messaging.Conversation;
import io.parley.messaging.Conversations;
import io.parley.messaging.Revisions;
import io.parley.messaging.Searching;
import io.parley.presence.Presences;
import java.util.List;

/// The methods of `chat.ChatService`.
final class ChatRpc {
  private final Accounts accounts;
  private final Conversations conversations;
  private final Revisions revisions;
  private final Searching searching;
  private final Presences presences;
  private final Limits limits;

  ChatRpc(
      Accounts accounts,
      Conversations conversations,
      Revisions revisions,
      Searching searching,
      Presences presences,
      Limits limits) {
    this.accounts = accounts;
    this.conversations = conversations;
    this.revisions = revisions;
    this.searching = searching;
    this.presences = presences;
    this.limits = limits;
  }

  private Message message(io.parley.messaging.Message message) {
    return MessageWire.message(message, accounts.version(message.sender()));
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(ChatServiceGrpc.getSetConversationMethod(), false, this::set),
        method(ChatServiceGrpc.getListReadersMethod(), false, this::readers),
        method(ChatServiceGrpc.getTypingMethod(), false, this::typing),
        method(ChatServiceGrpc.getEditMessageMethod(), false, this::edit),
        method(ChatServiceGrpc.getReactMethod(), false, this::react),
        method(ChatServiceGrpc.getListChangesMethod(), false, this::changes),
        method(ChatServiceGrpc.getSearchMessagesMethod(), false, this::search),
        method(ChatServiceGrpc.getGetPresenceMethod(), false, this::presence));
  }

  private SetConversationResponse set(Caller caller, SetConversationRequest request) {
    conversations.set(
        caller,
        conversation(request.getConversationId()),
        new Conversation.Settings(request.getPinned(), request.getMuted(), request.getHidden()));
    return SetConversationResponse.getDefaultInstance();
  }

  private ListReadersResponse readers(Caller caller, ListReadersRequest request) {
    Page<AccountId> page =
        conversations.readers(
            caller,
            new MessageId(request.getId()),
            Page.Request.of(
                request.getPage(),
                request.getPageSize(),
                request.getCursor(),
                limits.pageSizeMax()));
    return ListReadersResponse.newBuilder()
        .setPager(UserRpc.pager(page))
        .setNextCursor(page.next())
        .addAllUserId(page.rows().stream().map(AccountId::value).toList())
        .build();
  }

  private TypingResponse typing(Caller caller, TypingRequest request) {
    conversations.typing(caller, conversation(request.getConversationId()));
    return TypingResponse.getDefaultInstance();
  }

  private EditMessageResponse edit(Caller caller, EditMessageRequest request) {
    var message = revisions.edit(caller, new MessageId(request.getId()), request.getContent());
    return EditMessageResponse.newBuilder().setMessage(message(message)).build();
  }

  private ReactResponse react(Caller caller, ReactRequest request) {
    var message =
        revisions.react(
            caller, new MessageId(request.getId()), request.getSymbol(), request.getRemove());
    return ReactResponse.newBuilder().setMessage(message(message)).build();
  }

  private ListChangesResponse changes(Caller caller, ListChangesRequest request) {
    Revisions.Changes changes =
        revisions.changes(
            caller,
            conversation(request.getConversationId()),
            request.getCursor(),
            request.getLimit());
    return ListChangesResponse.newBuilder()
        .addAllMessage(changes.messages().stream().map(this::message).toList())
        .setNextCursor(changes.cursor())
        .setMore(changes.more())
        .build();
  }

  private SearchMessagesResponse search(Caller caller, SearchMessagesRequest request) {
    ConversationId only =
        request.getConversationId() == 0 ? null : conversation(request.getConversationId());
    Slice.Request part =
        Slice.Request.of(request.getCursor(), request.getLimit(), limits.pageSizeMax());
    Slice<io.parley.api.conversation.Message> found =
        Room.fit(
            searching.search(caller, request.getKeyword(), only, part).map(this::message),
            caller,
            limits);
    return SearchMessagesResponse.newBuilder()
        .addAllMessage(found.rows())
        .setNextCursor(found.next())
        .build();
  }

  private GetPresenceResponse presence(Caller caller, GetPresenceRequest request) {
    List<AccountId> accounts =
        request.getUserIdList().stream().map(id -> MessageWire.accountId("user_id", id)).toList();
    GetPresenceResponse.Builder answer = GetPresenceResponse.newBuilder();
    for (var each : presences.of(caller, accounts)) {
      answer.addPresence(
          Presence.newBuilder()
              .setUserId(each.account().value())
              .setOnline(each.online())
              .setLastSeenMs(each.lastSeenMs()));
    }
    return answer.build();
  }

  private static ConversationId conversation(long id) {
    return GroupWire.id("conversation_id", id);
  }
}
