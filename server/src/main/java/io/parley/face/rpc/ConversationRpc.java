package io.parley.face.rpc;

import io.parley.account.Accounts;
import io.parley.api.conversation.Conversation;
import io.parley.api.conversation.ConversationServiceGrpc;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.HistoryResponse;
import io.parley.api.conversation.MarkReadRequest;
import io.parley.api.conversation.MarkReadResponse;
import io.parley.api.conversation.Message;
import io.parley.api.conversation.RecallRequest;
import io.parley.api.conversation.RecallResponse;
import io.parley.api.conversation.Standing;
import io.parley.api.conversation.SyncRequest;
import io.parley.api.conversation.SyncResponse;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Limits;
import io.parley.base.MessageId;
import io.parley.group.Groups;
import io.parley.messaging.Messaging;
import io.parley.messaging.Syncing;
import io.parley.messaging.Target;
import java.util.List;
import java.util.Map;

/// The unary methods of `conversation.ConversationService`. Lists end where an answer is full: over
/// a socket at `limits.frame_bytes_max`, else at `limits.grpc_bytes_max`.
final class ConversationRpc {
  private final Messaging messaging;
  private final Syncing syncing;
  private final Accounts accounts;
  private final Groups groups;
  private final Limits limits;

  ConversationRpc(
      Messaging messaging, Syncing syncing, Accounts accounts, Groups groups, Limits limits) {
    this.groups = groups;
    this.accounts = accounts;
    this.messaging = messaging;
    this.syncing = syncing;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(ConversationServiceGrpc.getSyncMethod(), false, this::sync),
        UserRpc.method(ConversationServiceGrpc.getHistoryMethod(), false, this::history),
        UserRpc.method(ConversationServiceGrpc.getMarkReadMethod(), false, this::markRead),
        UserRpc.method(ConversationServiceGrpc.getRecallMethod(), false, this::recall));
  }

  private SyncResponse sync(Caller caller, SyncRequest request) {
    Syncing.Changes changes = syncing.sync(caller, request.getCursor(), request.getLimit());
    Map<ConversationId, String> former =
        groups.formerNames(
            changes.conversations().stream()
                .filter(each -> each.standing() == io.parley.messaging.Standing.DISSOLVED)
                .map(io.parley.messaging.Conversation::id)
                .toList());
    List<Conversation> all =
        changes.conversations().stream().map(each -> conversation(each, former)).toList();
    int fitting = Room.fitting(all, caller, limits);
    SyncResponse.Builder response =
        SyncResponse.newBuilder().addAllConversation(all.subList(0, fitting));
    return fitting == all.size()
        ? response.setNextCursor(changes.cursor()).setMore(changes.more()).build()
        : response.setNextCursor(changes.cursorAfter(fitting)).setMore(true).build();
  }

  private HistoryResponse history(Caller caller, HistoryRequest request) {
    var messages =
        messaging.history(
            caller,
            new ConversationId(request.getConversationId()),
            request.hasAfterSeq() ? Long.valueOf(request.getAfterSeq()) : null,
            request.hasBeforeSeq() ? Long.valueOf(request.getBeforeSeq()) : null,
            request.getLimit());
    List<Message> all = messages.stream().map(this::message).toList();
    // What does not fit is cut off at the far end: the newest when reading up, the oldest
    // otherwise.
    int fitting = Room.fitting(request.hasAfterSeq() ? all : all.reversed(), caller, limits);
    return HistoryResponse.newBuilder()
        .addAllMessage(
            request.hasAfterSeq()
                ? all.subList(0, fitting)
                : all.subList(all.size() - fitting, all.size()))
        .build();
  }

  private MarkReadResponse markRead(Caller caller, MarkReadRequest request) {
    messaging.markRead(caller, new ConversationId(request.getConversationId()), request.getSeq());
    return MarkReadResponse.getDefaultInstance();
  }

  private RecallResponse recall(Caller caller, RecallRequest request) {
    messaging.recall(caller, new MessageId(request.getId()));
    return RecallResponse.getDefaultInstance();
  }

  private Conversation conversation(
      io.parley.messaging.Conversation conversation, Map<ConversationId, String> former) {
    Conversation.Builder wire =
        Conversation.newBuilder()
            .setId(conversation.id().value())
            .setLastSeq(conversation.lastSeq())
            .setReadSeq(conversation.readSeq())
            .setUnread(conversation.unread())
            .setPinned(conversation.settings().pinned())
            .setMuted(conversation.settings().silent())
            .setHidden(conversation.settings().hidden())
            .setMentioned(conversation.mentioned())
            .setPeerReadSeq(conversation.peerReadSeq())
            .setLastChange(conversation.lastChange())
            .setStanding(standing(conversation.standing()))
            .setUpdatedAt(Times.timestamp(conversation.updatedAt()));
    switch (conversation.with()) {
      case Target.User(AccountId id) -> wire.setPeerUserId(id.value());
      case Target.Group(ConversationId id) -> wire.setGroupId(id.value());
    }
    if (conversation.request()) {
      wire.setRequest(true);
    }
    String name = former.get(conversation.id());
    if (name != null) {
      wire.setFormerName(name);
    }
    var last = conversation.lastMessage();
    if (last != null) {
      wire.setLastMessage(message(last));
    }
    return wire.build();
  }

  private Message message(io.parley.messaging.Message message) {
    return MessageWire.message(message, accounts.version(message.sender()));
  }

  private static Standing standing(io.parley.messaging.Standing standing) {
    return switch (standing) {
      case IN -> Standing.STANDING_IN;
      case LEFT -> Standing.STANDING_LEFT;
      case REMOVED -> Standing.STANDING_REMOVED;
      case DISSOLVED -> Standing.STANDING_DISSOLVED;
      case OUT -> Standing.STANDING_OUT;
    };
  }
}
