package io.parley.face.socket;

import com.google.protobuf.Message;
import io.netty.buffer.ByteBuf;
import io.parley.api.realtime.ActivityPush;
import io.parley.api.realtime.ChangePush;
import io.parley.api.realtime.ClosingPush;
import io.parley.api.realtime.PresencePush;
import io.parley.api.realtime.ProfilePush;
import io.parley.api.realtime.ReadPush;
import io.parley.api.realtime.RecallPush;
import io.parley.api.realtime.RequestPush;
import io.parley.api.realtime.SyncPush;
import io.parley.api.realtime.TypingPush;
import io.parley.base.AccountId;
import io.parley.bus.Event;
import io.parley.bus.ServerEvent;
import io.parley.realtime.ClosingReason;
import io.parley.realtime.PushEncoder;
import io.parley.realtime.WireForm;

/// Pushes of the native protocol in all its forms. A message that is pushed as protobuf is never
/// decoded here.
public final class SocketPushes implements PushEncoder {
  private static final String MESSAGE = "push.message";

  @Override
  public ByteBuf encode(Event event, WireForm form) {
    return switch (event) {
      case Event.MessagePosted posted -> message(posted.encoded(), form);
      case Event.MessageChanged changed -> message(changed.encoded(), form);
      case Event.Typing typing ->
          push(
              "push.typing",
              TypingPush.newBuilder()
                  .setConversationId(typing.conversation().value())
                  .setUserId(typing.account().value())
                  .build(),
              form);
      case Event.Presence presence ->
          push(
              "push.presence",
              PresencePush.newBuilder()
                  .setUserId(presence.account().value())
                  .setOnline(presence.online())
                  .setLastSeenMs(presence.lastSeenMs())
                  .build(),
              form);
      case Event.MessageRecalled recalled ->
          push(
              "push.recall",
              RecallPush.newBuilder()
                  .setConversationId(recalled.conversation().value())
                  .setSeq(recalled.seq())
                  .setId(recalled.id().value())
                  .setUserId(recalled.by().value())
                  .build(),
              form);
      case Event.ReadMarked read ->
          push(
              "push.read",
              ReadPush.newBuilder()
                  .setConversationId(read.conversation().value())
                  .setUserId(read.reader().value())
                  .setSeq(read.seq())
                  .build(),
              form);
      case Event.GroupChanged changed ->
          change("group", changed.kind().wire(), changed.group().value(), changed.member(), form);
      case Event.Notice notice ->
          change(
              notice.kind().topic().wire(),
              notice.kind().wire(),
              notice.id(),
              notice.actor(),
              form);
      case Event.ActivityChanged changed ->
          push(
              "push.activity",
              ActivityPush.newBuilder().setUnread((int) changed.unread()).build(),
              form);
      case Event.RequestChanged changed -> push("push.request", request(changed), form);
      case Event.ProfileChanged changed -> push("push.profile", profile(changed), form);
      case Event.Missed _,
          Event.SessionEnded _,
          Event.AccountChanged _,
          Event.TrustChanged _,
          ServerEvent _ ->
          throw new IllegalArgumentException("not pushed: " + event.getClass().getSimpleName());
    };
  }

  private static RequestPush request(Event.RequestChanged changed) {
    return RequestPush.newBuilder()
        .setConversationId(changed.conversation().value())
        .setUserId(changed.peer().value())
        .setWaiting(changed.waiting())
        .build();
  }

  private static ProfilePush profile(Event.ProfileChanged changed) {
    return ProfilePush.newBuilder()
        .setUserId(changed.account().value())
        .setVersion(changed.version())
        .build();
  }

  private static ByteBuf change(
      String topic, String kind, long id, AccountId actor, WireForm form) {
    ChangePush change =
        ChangePush.newBuilder().setKind(kind).setId(id).setUserId(actor.value()).build();
    return push("push." + topic, change, form);
  }

  private static ByteBuf message(byte[] encoded, WireForm form) {
    return switch (form) {
      case BINARY -> BinaryWire.messagePush(MESSAGE, encoded);
      case STREAM -> BinaryWire.streamMessagePush(MESSAGE, encoded);
      case TEXT -> TextWire.messagePush(MESSAGE, encoded);
      case GATEWAY, POKE -> throw new IllegalArgumentException("not a form of the native protocol");
    };
  }

  @Override
  public ByteBuf sync(WireForm form) {
    return push("push.sync", SyncPush.getDefaultInstance(), form);
  }

  @Override
  public ByteBuf closing(ClosingReason reason, int reconnectAfterMs, WireForm form) {
    return push(
        "push.closing",
        ClosingPush.newBuilder()
            .setReason(reason.wire())
            .setReconnectAfterMs(reconnectAfterMs)
            .build(),
        form);
  }

  private static ByteBuf push(String cmd, Message data, WireForm form) {
    return switch (form) {
      case BINARY -> BinaryWire.INSTANCE.data(cmd, 0, data);
      case TEXT -> TextWire.INSTANCE.data(cmd, 0, data);
      case STREAM -> BinaryWire.streamPush(cmd, data.toByteString());
      case GATEWAY, POKE -> throw new IllegalArgumentException("not a form of the native protocol");
    };
  }
}
