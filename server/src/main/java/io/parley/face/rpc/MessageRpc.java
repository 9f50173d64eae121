package io.parley.face.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.parley.api.message.MessageServiceGrpc;
import io.parley.api.message.ParseMessageRequest;
import io.parley.api.message.ParseMessageResponse;
import io.parley.api.message.SendGroupFaceMessageRequest;
import io.parley.api.message.SendGroupFaceMessageResponse;
import io.parley.api.message.SendGroupFileMessageResponse;
import io.parley.api.message.SendGroupImageMessageResponse;
import io.parley.api.message.SendGroupLocationMessageResponse;
import io.parley.api.message.SendGroupSoundMessageResponse;
import io.parley.api.message.SendGroupTextMessageResponse;
import io.parley.api.message.SendGroupVideoMessageResponse;
import io.parley.api.message.SendUserFaceMessageResponse;
import io.parley.api.message.SendUserFileMessageResponse;
import io.parley.api.message.SendUserImageMessageResponse;
import io.parley.api.message.SendUserLocationMessageResponse;
import io.parley.api.message.SendUserSoundMessageResponse;
import io.parley.api.message.SendUserTextMessageResponse;
import io.parley.api.message.SendUserVideoMessageResponse;
import io.parley.base.Fault;
import io.parley.messaging.Content;
import io.parley.messaging.Draft;
import io.parley.messaging.Messaging;
import io.parley.messaging.Posted;
import io.parley.store.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The methods of `message.MessageService`: one line for each kind, to an account and to a group.
public final class MessageRpc {
  private final Messaging messaging;

  public MessageRpc(Messaging messaging) {
    this.messaging = messaging;
  }

  /// The message as it is pushed: a serialized `conversation.Message`.
  public static byte[] encode(io.parley.messaging.Message message) {
    return MessageWire.message(message).toByteArray();
  }

  public List<RpcMethod<?, ?>> methods() {
    List<RpcMethod<?, ?>> all = new ArrayList<>(wordsToUsers());
    all.addAll(filesToUsers());
    all.addAll(wordsToGroups());
    all.addAll(filesToGroups());
    all.add(
        new RpcMethod<>(
            MessageServiceGrpc.getParseMessageMethod(),
            false,
            (RpcMethod.Blocking<ParseMessageRequest, ParseMessageResponse>)
                (caller, q) -> parse(q)));
    return all;
  }

  private List<RpcMethod<?, ?>> wordsToUsers() {
    return List.of(
        send(
            MessageServiceGrpc.getSendUserTextMessageMethod(),
            q ->
                user(
                    q.getToUserId(),
                    q.hasText(),
                    MessageWire.content(q.getText()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendUserTextMessage),
        send(
            MessageServiceGrpc.getSendUserLocationMessageMethod(),
            q ->
                user(
                    q.getToUserId(),
                    q.hasLocation(),
                    MessageWire.content(q.getLocation()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendUserLocationMessage),
        send(
            MessageServiceGrpc.getSendUserFaceMessageMethod(),
            q ->
                user(
                    q.getToUserId(),
                    q.hasFace(),
                    MessageWire.content(q.getFace()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendUserFaceMessage));
  }

  private List<RpcMethod<?, ?>> filesToUsers() {
    return List.of(
        send(
            MessageServiceGrpc.getSendUserSoundMessageMethod(),
            q ->
                user(
                    q.getToUserId(),
                    q.hasSound(),
                    MessageWire.content(q.getSound()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendUserSoundMessage),
        send(
            MessageServiceGrpc.getSendUserImageMessageMethod(),
            q ->
                user(
                    q.getToUserId(),
                    q.hasImage(),
                    MessageWire.content(q.getImage()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendUserImageMessage),
        send(
            MessageServiceGrpc.getSendUserFileMessageMethod(),
            q ->
                user(
                    q.getToUserId(),
                    q.hasFile(),
                    MessageWire.content(q.getFile()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendUserFileMessage),
        send(
            MessageServiceGrpc.getSendUserVideoMessageMethod(),
            q ->
                user(
                    q.getToUserId(),
                    q.hasVideo(),
                    MessageWire.content(q.getVideo()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendUserVideoMessage));
  }

  private List<RpcMethod<?, ?>> wordsToGroups() {
    return List.of(
        send(
            MessageServiceGrpc.getSendGroupTextMessageMethod(),
            q ->
                group(
                    q.getToGroupId(),
                    q.getAtUserIdList(),
                    q.hasText(),
                    MessageWire.content(q.getText()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendGroupTextMessage),
        send(
            MessageServiceGrpc.getSendGroupLocationMessageMethod(),
            q ->
                group(
                    q.getToGroupId(),
                    q.getAtUserIdList(),
                    q.hasLocation(),
                    MessageWire.content(q.getLocation()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendGroupLocationMessage),
        groupFace(MessageServiceGrpc.getSendGroupFceMessageMethod()),
        groupFace(MessageServiceGrpc.getSendGroupFaceMessageMethod()));
  }

  private List<RpcMethod<?, ?>> filesToGroups() {
    return List.of(
        send(
            MessageServiceGrpc.getSendGroupSoundMessageMethod(),
            q ->
                group(
                    q.getToGroupId(),
                    q.getAtUserIdList(),
                    q.hasSound(),
                    MessageWire.content(q.getSound()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendGroupSoundMessage),
        send(
            MessageServiceGrpc.getSendGroupImageMessageMethod(),
            q ->
                group(
                    q.getToGroupId(),
                    q.getAtUserIdList(),
                    q.hasImage(),
                    MessageWire.content(q.getImage()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendGroupImageMessage),
        send(
            MessageServiceGrpc.getSendGroupFileMessageMethod(),
            q ->
                group(
                    q.getToGroupId(),
                    q.getAtUserIdList(),
                    q.hasFile(),
                    MessageWire.content(q.getFile()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendGroupFileMessage),
        send(
            MessageServiceGrpc.getSendGroupVideoMessageMethod(),
            q ->
                group(
                    q.getToGroupId(),
                    q.getAtUserIdList(),
                    q.hasVideo(),
                    MessageWire.content(q.getVideo()),
                    q.getClientMessageId(),
                    q.getReplyToSeq()),
            MessageRpc::sendGroupVideoMessage));
  }

  /// Under both of its names.
  private RpcMethod<?, ?> groupFace(
      MethodDescriptor<SendGroupFaceMessageRequest, SendGroupFaceMessageResponse> method) {
    return send(
        method,
        q ->
            group(
                q.getToGroupId(),
                q.getAtUserIdList(),
                q.hasFace(),
                MessageWire.content(q.getFace()),
                q.getClientMessageId(),
                q.getReplyToSeq()),
        MessageRpc::sendGroupFaceMessage);
  }

  private <Q extends Message, R extends Message> RpcMethod<Q, R> send(
      MethodDescriptor<Q, R> method, Function<Q, Draft> draft, Function<Posted, R> answer) {
    RpcMethod.Direct<Q, R> handler =
        (caller, request, reply) ->
            messaging.send(
                caller,
                draft.apply(request),
                new Completion<Posted>() {
                  @Override
                  public void done(Posted posted) {
                    reply.done(answer.apply(posted));
                  }

                  @Override
                  public void failed(Fault fault) {
                    reply.failed(fault);
                  }
                });
    return new RpcMethod<>(method, false, handler);
  }

  private static Draft user(long to, boolean present, Content content, String key, long replyTo) {
    return new Draft(
        MessageWire.user(to), List.of(), MessageWire.require(present, content), key, replyTo, null);
  }

  private static Draft group(
      long to, List<Long> mentions, boolean present, Content content, String key, long replyTo) {
    return new Draft(
        MessageWire.group(to),
        MessageWire.mentions(mentions),
        MessageWire.require(present, content),
        key,
        replyTo,
        null);
  }

  private static ParseMessageResponse parse(ParseMessageRequest request) {
    ByteString message = MessageWire.parse(request.getContent()).toByteString();
    return ParseMessageResponse.newBuilder().setMessage(message).build();
  }

  private static SendUserTextMessageResponse sendUserTextMessage(Posted posted) {
    return SendUserTextMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendUserLocationMessageResponse sendUserLocationMessage(Posted posted) {
    return SendUserLocationMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendUserFaceMessageResponse sendUserFaceMessage(Posted posted) {
    return SendUserFaceMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendUserSoundMessageResponse sendUserSoundMessage(Posted posted) {
    return SendUserSoundMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendUserImageMessageResponse sendUserImageMessage(Posted posted) {
    return SendUserImageMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendUserFileMessageResponse sendUserFileMessage(Posted posted) {
    return SendUserFileMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendUserVideoMessageResponse sendUserVideoMessage(Posted posted) {
    return SendUserVideoMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendGroupTextMessageResponse sendGroupTextMessage(Posted posted) {
    return SendGroupTextMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendGroupLocationMessageResponse sendGroupLocationMessage(Posted posted) {
    return SendGroupLocationMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendGroupFaceMessageResponse sendGroupFaceMessage(Posted posted) {
    return SendGroupFaceMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendGroupSoundMessageResponse sendGroupSoundMessage(Posted posted) {
    return SendGroupSoundMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendGroupImageMessageResponse sendGroupImageMessage(Posted posted) {
    return SendGroupImageMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendGroupFileMessageResponse sendGroupFileMessage(Posted posted) {
    return SendGroupFileMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }

  private static SendGroupVideoMessageResponse sendGroupVideoMessage(Posted posted) {
    return SendGroupVideoMessageResponse.newBuilder()
        .setId(posted.id().value())
        .setConversationId(posted.conversation().value())
        .setSeq(posted.seq())
        .setCreatedAt(Times.timestamp(posted.createdAt()))
        .build();
  }
}
