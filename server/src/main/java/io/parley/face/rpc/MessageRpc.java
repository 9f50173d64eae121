package io.parley.face.rpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import io.grpc.MethodDescriptor;
import io.parley.api.message.MessageServiceGrpc;
import io.parley.api.message.ParseMessageRequest;
import io.parley.api.message.ParseMessageResponse;
import io.parley.api.message.SendUserTextMessageResponse;
import io.parley.base.AccountId;
import io.parley.messaging.Content;
import io.parley.messaging.Draft;
import io.parley.messaging.Messaging;
import io.parley.messaging.Posted;
import io.parley.messaging.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The methods of `message.MessageService`: one entry for each kind, to an account and to a group.
public final class MessageRpc {
  private static final int ID_TAG =
      io.parley.api.conversation.Message.ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;

  private final Messaging messaging;
  private final List<RpcMethod<?, ?>> methods = new ArrayList<>();

  public MessageRpc(Messaging messaging) {
    this.messaging = messaging;
    toUsers();
    toGroups();
    RpcMethod.Blocking<ParseMessageRequest, ParseMessageResponse> parse =
        (caller, q) ->
            ParseMessageResponse.newBuilder()
                .setMessage(MessageWire.parse(q.getContent()).toByteString())
                .build();
    methods.add(new RpcMethod<>(MessageServiceGrpc.getParseMessageMethod(), false, parse));
  }

  /// The message as it is pushed: a serialized `conversation.Message`.
  ///
  /// @param senderVersion 0 for not known
  public static byte[] encode(io.parley.messaging.Message message, long senderVersion) {
    return MessageWire.message(message, senderVersion).toByteArray();
  }

  /// The id of a message as [#encode] made it, read without the rest; 0 for what it did not make.
  public static long idOf(byte[] encoded) {
    CodedInputStream in = CodedInputStream.newInstance(encoded);
    try {
      return in.readTag() == ID_TAG ? in.readUInt64() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  public List<RpcMethod<?, ?>> methods() {
    return methods;
  }

  private void toUsers() {
    send(
        MessageServiceGrpc.getSendUserTextMessageMethod(),
        q -> to(q.getToUserId(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasText(), MessageWire.content(q.getText())));
    send(
        MessageServiceGrpc.getSendUserLocationMessageMethod(),
        q -> to(q.getToUserId(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasLocation(), MessageWire.content(q.getLocation())));
    send(
        MessageServiceGrpc.getSendUserFaceMessageMethod(),
        q -> to(q.getToUserId(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasFace(), MessageWire.content(q.getFace())));
    send(
        MessageServiceGrpc.getSendUserSoundMessageMethod(),
        q -> to(q.getToUserId(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasSound(), MessageWire.content(q.getSound())));
    send(
        MessageServiceGrpc.getSendUserImageMessageMethod(),
        q -> to(q.getToUserId(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasImage(), MessageWire.content(q.getImage())));
    send(
        MessageServiceGrpc.getSendUserFileMessageMethod(),
        q -> to(q.getToUserId(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasFile(), MessageWire.content(q.getFile())));
    send(
        MessageServiceGrpc.getSendUserVideoMessageMethod(),
        q -> to(q.getToUserId(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasVideo(), MessageWire.content(q.getVideo())));
  }

  /// The contract has the one for faces under two names.
  private void toGroups() {
    send(
        MessageServiceGrpc.getSendGroupTextMessageMethod(),
        q -> in(q.getToGroupId(), q.getAtUserIdList(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasText(), MessageWire.content(q.getText())));
    send(
        MessageServiceGrpc.getSendGroupLocationMessageMethod(),
        q -> in(q.getToGroupId(), q.getAtUserIdList(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasLocation(), MessageWire.content(q.getLocation())));
    send(
        MessageServiceGrpc.getSendGroupFaceMessageMethod(),
        q -> in(q.getToGroupId(), q.getAtUserIdList(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasFace(), MessageWire.content(q.getFace())));
    send(
        MessageServiceGrpc.getSendGroupSoundMessageMethod(),
        q -> in(q.getToGroupId(), q.getAtUserIdList(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasSound(), MessageWire.content(q.getSound())));
    send(
        MessageServiceGrpc.getSendGroupImageMessageMethod(),
        q -> in(q.getToGroupId(), q.getAtUserIdList(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasImage(), MessageWire.content(q.getImage())));
    send(
        MessageServiceGrpc.getSendGroupFileMessageMethod(),
        q -> in(q.getToGroupId(), q.getAtUserIdList(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasFile(), MessageWire.content(q.getFile())));
    send(
        MessageServiceGrpc.getSendGroupVideoMessageMethod(),
        q -> in(q.getToGroupId(), q.getAtUserIdList(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasVideo(), MessageWire.content(q.getVideo())));
    send(
        MessageServiceGrpc.getSendGroupFceMessageMethod(),
        q -> in(q.getToGroupId(), q.getAtUserIdList(), q.getClientMessageId(), q.getReplyToSeq()),
        q -> MessageWire.require(q.hasFace(), MessageWire.content(q.getFace())));
  }

  /// What a request says besides its content.
  private record Address(Target target, List<AccountId> mentions, String key, long replyTo) {}

  private static Address to(long user, String key, long replyTo) {
    return new Address(MessageWire.user(user), List.of(), key, replyTo);
  }

  private static Address in(long group, List<Long> mentions, String key, long replyTo) {
    return new Address(MessageWire.group(group), MessageWire.mentions(mentions), key, replyTo);
  }

  private <Q extends Message, R extends Message> void send(
      MethodDescriptor<Q, R> method, Function<Q, Address> address, Function<Q, Content> content) {
    R answer = RpcMethod.prototype(method.getResponseMarshaller());
    RpcMethod.Direct<Q, R> handler =
        (caller, q, reply) -> {
          Address to = address.apply(q);
          Content said = content.apply(q);
          Draft draft = new Draft(to.target(), to.mentions(), said, to.key(), to.replyTo(), null);
          messaging.send(caller, draft, reply.of(posted -> answer(answer, posted)));
        };
    methods.add(new RpcMethod<>(method, false, handler));
  }

  /// All answers have the same fields, so that the bytes of one are those of each.
  @SuppressWarnings("unchecked") // a parser makes messages of its own type
  private static <R extends Message> R answer(R prototype, Posted posted) {
    SendUserTextMessageResponse answer =
        SendUserTextMessageResponse.newBuilder()
            .setId(posted.id().value())
            .setConversationId(posted.conversation().value())
            .setSeq(posted.seq())
            .setCreatedAt(Times.timestamp(posted.createdAt()))
            .build();
    if (prototype instanceof SendUserTextMessageResponse) {
      return (R) answer;
    }
    try {
      return (R) prototype.getParserForType().parseFrom(answer.toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
