package io.parley.face.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.api.conversation.Message;
import io.parley.api.gateway.SendMessageResponse;
import io.parley.api.realtime.ChangePush;
import io.parley.api.realtime.ClosingPush;
import io.parley.api.realtime.PresencePush;
import io.parley.api.realtime.ProfilePush;
import io.parley.api.realtime.ReadPush;
import io.parley.api.realtime.RecallPush;
import io.parley.api.realtime.SyncPush;
import io.parley.api.realtime.TypingPush;
import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.bus.Event;
import io.parley.bus.ServerEvent;
import io.parley.realtime.ClosingReason;
import io.parley.realtime.PushEncoder;
import io.parley.realtime.WireForm;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Pushes to gateways' clients: eight bytes with the connection that is not to get it, then a
/// `gateway.SendMessageResponse` that lacks only its two addresses. Made once for an event, on the
/// lane of a gateway, where blocking for a sender's name delays no socket.
public final class GatewayPushes implements PushEncoder {
  private record Profile(String name, String avatar) {
    static final Profile NONE = new Profile("", "");
  }

  private static final int PROFILES_MAX = 10_000;

  private final Accounts accounts;
  private final Relays relays = new Relays();
  private final Cache<AccountId, Profile> profiles =
      Caffeine.newBuilder()
          .maximumSize(PROFILES_MAX)
          .expireAfterWrite(Duration.ofMinutes(1))
          .build();

  public GatewayPushes(Accounts accounts) {
    this.accounts = accounts;
  }

  Relays relays() {
    return relays;
  }

  @Override
  public ByteBuf encode(Event event, WireForm form) {
    return switch (event) {
      case Event.MessagePosted posted -> message(posted);
      case Event.MessageChanged changed -> system("changed", parsed(changed.encoded()));
      case Event.Typing typing ->
          system(
              "typing",
              TypingPush.newBuilder()
                  .setConversationId(typing.conversation().value())
                  .setUserId(typing.account().value())
                  .build());
      case Event.Presence presence ->
          system(
              "presence",
              PresencePush.newBuilder()
                  .setUserId(presence.account().value())
                  .setOnline(presence.online())
                  .setLastSeenMs(presence.lastSeenMs())
                  .build());
      case Event.MessageRecalled recalled ->
          system(
              "recall",
              RecallPush.newBuilder()
                  .setConversationId(recalled.conversation().value())
                  .setSeq(recalled.seq())
                  .setId(recalled.id().value())
                  .build());
      case Event.ReadMarked read ->
          system(
              "read",
              ReadPush.newBuilder()
                  .setConversationId(read.conversation().value())
                  .setUserId(read.reader().value())
                  .setSeq(read.seq())
                  .build());
      case Event.GroupChanged changed ->
          system("group", change(changed.kind().wire(), changed.group().value(), changed.member()));
      case Event.Notice notice ->
          system(
              notice.kind().topic().wire(),
              change(notice.kind().wire(), notice.id(), notice.actor()));
      case Event.ProfileChanged changed ->
          system(
              "profile",
              ProfilePush.newBuilder()
                  .setUserId(changed.account().value())
                  .setVersion(changed.version())
                  .build());
      case Event.ActivityChanged changed ->
          throw new IllegalArgumentException("not pushed: " + changed);
      case Event.RequestChanged changed ->
          throw new IllegalArgumentException("not pushed: " + changed);
      case Event.Missed missed -> throw new IllegalArgumentException("not pushed: " + missed);
      case Event.SessionEnded ended -> throw new IllegalArgumentException("not pushed: " + ended);
      case Event.AccountChanged changed ->
          throw new IllegalArgumentException("not pushed: " + changed);
      case Event.TrustChanged changed ->
          throw new IllegalArgumentException("not pushed: " + changed);
      case ServerEvent told -> throw new IllegalArgumentException("not pushed: " + told);
    };
  }

  @Override
  public ByteBuf sync(WireForm form) {
    return system("sync", SyncPush.getDefaultInstance());
  }

  @Override
  public ByteBuf closing(ClosingReason reason, int reconnectAfterMs, WireForm form) {
    ClosingPush push =
        ClosingPush.newBuilder()
            .setReason(reason.wire())
            .setReconnectAfterMs(reconnectAfterMs)
            .build();
    return frame(
        0,
        SendMessageResponse.newBuilder()
            .setCmd(GatewayCommand.SERVER_CLOSE.code())
            .setData(ByteString.copyFromUtf8(io.parley.face.rpc.RpcJson.print(push))));
  }

  private static Message parsed(byte[] encoded) {
    try {
      return Message.parseFrom(encoded);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event holds no conversation.Message", e);
    }
  }

  private ByteBuf message(Event.MessagePosted posted) {
    try {
      Message message = Message.parseFrom(posted.encoded());
      if (message.hasSystem()) {
        // No message that a gateway's clients know the kind of, but a change.
        return system("line", message);
      }
      Relays.Relay relay = posted.origin() == 0 ? null : relays.take(posted.origin());
      boolean group = message.getToGroupId() != 0;
      return frame(
          relay == null ? posted.origin() : relay.connection(),
          SendMessageResponse.newBuilder()
              .setCmd((group ? GatewayCommand.GROUP_MESSAGE : GatewayCommand.USER_MESSAGE).code())
              .setRequestId(relay == null ? 0 : relay.requestId())
              .setData(relay == null ? stored(message) : relay.data())
              .setMessageId(message.getId())
              .setConversationId(message.getConversationId())
              .setSeq(message.getSeq()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event holds no conversation.Message", e);
    }
  }

  private ByteString stored(Message message) {
    Profile sender = profile(new AccountId(message.getSenderId()));
    return GatewayWire.message(message, sender.name(), sender.avatar());
  }

  private Profile profile(AccountId id) {
    try {
      return profiles.get(id, this::load);
    } catch (Fault busy) {
      return Profile.NONE;
    }
  }

  private Profile load(AccountId id) {
    @Nullable Account account = accounts.findPresent(id);
    return account == null ? Profile.NONE : new Profile(account.nickname(), account.avatarUrl());
  }

  private static ChangePush change(String kind, long id, AccountId who) {
    return ChangePush.newBuilder().setKind(kind).setId(id).setUserId(who.value()).build();
  }

  private static ByteBuf system(String type, com.google.protobuf.Message push) {
    return frame(
        0,
        SendMessageResponse.newBuilder()
            .setCmd(GatewayCommand.SYSTEM.code())
            .setData(GatewayWire.system(type, push)));
  }

  private static ByteBuf frame(long not, SendMessageResponse.Builder response) {
    byte[] bytes = response.build().toByteArray();
    return Unpooled.buffer(Long.BYTES + bytes.length).writeLong(not).writeBytes(bytes);
  }
}
