package io.parley.face.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.api.conversation.Message;
import io.parley.api.conversation.SystemEvent;
import io.parley.api.conversation.SystemMessage;
import io.parley.api.message.FaceMessage;
import io.parley.api.message.FileMessage;
import io.parley.api.message.IMAGE_FORMAT;
import io.parley.api.message.IMAGE_TYPE;
import io.parley.api.message.ImageMessageItem;
import io.parley.api.message.LocationMessage;
import io.parley.api.message.MESSAGE_TYPE;
import io.parley.api.message.SoundMessage;
import io.parley.api.message.TextMessage;
import io.parley.api.message.VideoMessage;
import io.parley.api.realtime.Frame;
import io.parley.api.realtime.MessagePush;
import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.messaging.Content;
import io.parley.messaging.Reaction;
import io.parley.messaging.Target;
import java.util.List;

/// Messages between the wire and the domain.
final class MessageWire {
  private MessageWire() {}

  static Target user(long id) {
    return new Target.User(accountId("to_user_id", id));
  }

  static Target group(long id) {
    if (id <= 0) {
      throw Fault.invalid("to_group_id", "missing");
    }
    return new Target.Group(new ConversationId(id));
  }

  static AccountId accountId(String field, long id) {
    if (id <= 0) {
      throw Fault.of(FaultCode.BAD_ACCOUNT_ID, field + ": must be an account id");
    }
    return new AccountId(id);
  }

  static List<AccountId> mentions(List<Long> ids) {
    return ids.isEmpty() ? List.of() : ids.stream().map(id -> accountId("at_user_id", id)).toList();
  }

  static Content require(boolean present, Content content) {
    if (!present) {
      throw Fault.invalid(
          content.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT), "missing");
    }
    return content;
  }

  static Content content(TextMessage text) {
    return new Content.Text(text.getContent());
  }

  static Content content(LocationMessage location) {
    return new Content.Location(
        location.getCoverImage(),
        location.getLat(),
        location.getLng(),
        location.getMapLink(),
        location.getDesc());
  }

  static Content content(FaceMessage face) {
    return new Content.Face(face.getSymbol());
  }

  static Content content(SoundMessage sound) {
    return new Content.Sound(sound.getUrl(), sound.getSize(), sound.getSeconds());
  }

  static Content content(ImageMessageItem image) {
    if (image.getType() == IMAGE_TYPE.UNRECOGNIZED) {
      throw Fault.invalid("image.type", "no such type");
    }
    return new Content.Image(
        image.getTypeValue(),
        format("image.format", image.getFormat()),
        image.getSize(),
        image.getWidth(),
        image.getHeight(),
        image.getUrl());
  }

  static Content content(FileMessage file) {
    return new Content.File(file.getSize(), file.getName(), file.getUrl());
  }

  static Content content(VideoMessage video) {
    return new Content.Video(
        video.getSize(),
        video.getSeconds(),
        video.getUrl(),
        video.getFormat(),
        video.getThumbUrl(),
        video.getThumbSize(),
        video.getThumbWidth(),
        video.getThumbHeight(),
        format("video.thumb_format", video.getThumbFormat()));
  }

  private static int format(String field, IMAGE_FORMAT format) {
    if (format == IMAGE_FORMAT.UNRECOGNIZED) {
      throw Fault.invalid(field, "no such format");
    }
    return format.getNumber();
  }

  /// The message as clients receive it.
  ///
  /// @param senderVersion of the sender's account; 0 for none
  static Message message(io.parley.messaging.Message message, long senderVersion) {
    Message.Builder wire =
        Message.newBuilder()
            .setId(message.id().value())
            .setConversationId(message.conversation().value())
            .setSeq(message.seq())
            .setSenderId(message.sender().value())
            .setTypeValue(message.kind())
            .setCreatedAt(Times.timestamp(message.createdAt()))
            .setRecalled(message.recalled())
            .setClientMessageId(message.clientMessageId());
    if (senderVersion != 0) {
      wire.setSenderVersion(senderVersion);
    }
    AccountId recalledBy = message.recalledBy();
    if (recalledBy != null) {
      wire.setRecalledBy(recalledBy.value());
    }
    if (message.replyTo() != 0) {
      wire.setReplyToSeq(message.replyTo());
    }
    switch (message.target()) {
      case Target.User(AccountId id) -> wire.setToUserId(id.value());
      case Target.Group(ConversationId id) -> wire.setToGroupId(id.value());
    }
    message.mentions().forEach(id -> wire.addAtUserId(id.value()));
    Content content = message.content();
    if (content != null) {
      set(wire, content, message.id().value());
    }
    Long editedAt = message.editedAt();
    if (editedAt != null) {
      wire.setEditedAt(Times.timestamp(editedAt));
    }
    if (message.pinnedAt() != 0) {
      wire.setPinnedAt(Times.timestamp(message.pinnedAt()));
    }
    switch (message.mark()) {
      case NONE -> {}
      case STARRED -> wire.setStarred(true);
      case UNSTARRED -> wire.setStarred(false);
      case HIDDEN -> wire.setHidden(true);
    }
    for (Reaction reaction : message.reactions()) {
      var given =
          io.parley.api.conversation.Reaction.newBuilder()
              .setSymbol(reaction.symbol())
              .setCount(reaction.count());
      reaction.first().forEach(account -> given.addUserId(account.value()));
      wire.addReaction(given);
    }
    return wire.build();
  }

  private static void set(Message.Builder wire, Content content, long id) {
    switch (content) {
      case Content.Text text ->
          wire.setText(TextMessage.newBuilder().setId(id).setContent(text.content()));
      case Content.Location location ->
          wire.setLocation(
              LocationMessage.newBuilder()
                  .setId(id)
                  .setCoverImage(location.coverImage())
                  .setLat(location.lat())
                  .setLng(location.lng())
                  .setMapLink(location.mapLink())
                  .setDesc(location.desc()));
      case Content.Face face ->
          wire.setFace(FaceMessage.newBuilder().setId(id).setSymbol(face.symbol()));
      case Content.Sound sound ->
          wire.setSound(
              SoundMessage.newBuilder()
                  .setId(id)
                  .setUrl(sound.url())
                  .setSize(sound.size())
                  .setSeconds(sound.seconds()));
      case Content.Image image ->
          wire.setImage(
              ImageMessageItem.newBuilder()
                  .setTypeValue(image.type())
                  .setFormatValue(image.format())
                  .setSize(image.size())
                  .setWidth(image.width())
                  .setHeight(image.height())
                  .setUrl(image.url()));
      case Content.File file ->
          wire.setFile(
              FileMessage.newBuilder()
                  .setId(id)
                  .setSize(file.size())
                  .setName(file.name())
                  .setUrl(file.url()));
      case Content.Video video ->
          wire.setVideo(
              VideoMessage.newBuilder()
                  .setId(id)
                  .setSize(video.size())
                  .setSeconds(video.seconds())
                  .setUrl(video.url())
                  .setFormat(video.format())
                  .setThumbUrl(video.thumbUrl())
                  .setThumbSize(video.thumbSize())
                  .setThumbWidth(video.thumbWidth())
                  .setThumbHeight(video.thumbHeight())
                  .setThumbFormatValue(video.thumbFormat()));
      case Content.GroupLine line ->
          wire.setSystem(
              SystemMessage.newBuilder()
                  .setEvent(event(line.event()))
                  .addAllUserId(line.accounts())
                  .setUserCount(line.count())
                  .setText(line.text()));
      case Content.Newer newer -> wire.setSystem(SystemMessage.getDefaultInstance());
    }
  }

  private static SystemEvent event(Content.GroupLine.Event event) {
    return switch (event) {
      case JOINED -> SystemEvent.SYSTEM_EVENT_JOINED;
      case BROUGHT_IN -> SystemEvent.SYSTEM_EVENT_BROUGHT_IN;
      case LEFT -> SystemEvent.SYSTEM_EVENT_LEFT;
      case REMOVED -> SystemEvent.SYSTEM_EVENT_REMOVED;
      case RENAMED -> SystemEvent.SYSTEM_EVENT_RENAMED;
      case ANNOUNCED -> SystemEvent.SYSTEM_EVENT_ANNOUNCED;
      case ADMIN_ADDED -> SystemEvent.SYSTEM_EVENT_ADMIN_ADDED;
      case ADMIN_REMOVED -> SystemEvent.SYSTEM_EVENT_ADMIN_REMOVED;
      case OWNER_CHANGED -> SystemEvent.SYSTEM_EVENT_OWNER_CHANGED;
      case PINNED -> SystemEvent.SYSTEM_EVENT_PINNED;
      case DISSOLVED -> SystemEvent.SYSTEM_EVENT_DISSOLVED;
    };
  }

  /// A `conversation.Message` from its own bytes, or from those of a `push.message` frame.
  ///
  /// @throws Fault MALFORMED if it is neither
  static Message parse(ByteString bytes) {
    try {
      Frame frame = Frame.parseFrom(bytes);
      if (frame.getCmd().equals("push.message")) {
        Message pushed = MessagePush.parseFrom(frame.getData()).getMessage();
        if (isWhole(pushed)) {
          return pushed;
        }
      }
    } catch (InvalidProtocolBufferException e) {
      // Not a frame: the two share no field types, so it is a message or nothing.
    }
    try {
      Message message = Message.parseFrom(bytes);
      if (isWhole(message)) {
        return message;
      }
    } catch (InvalidProtocolBufferException e) {
      // The same answer as for a message that says nothing.
    }
    throw Fault.of(
        FaultCode.MALFORMED, "content: neither a conversation.Message nor a push.message frame");
  }

  private static boolean isWhole(Message message) {
    return message.getId() != 0
        && message.getType() != MESSAGE_TYPE.UNRECOGNIZED
        && (message.getRecalled() || message.getContentCase().getNumber() != 0);
  }
}
