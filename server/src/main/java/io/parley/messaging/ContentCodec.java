package io.parley.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.parley.store.StoreException;

/// How content is stored: a text message as its text, any other kind as JSON with the record's
/// component names. A field that a later version adds is absent in old rows and read as its
/// default.
final class ContentCodec {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ContentCodec() {}

  static String body(Content content) {
    if (content instanceof Content.Text text) {
      return text.content();
    }
    try {
      return JSON.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Content content(int kind, String body) {
    return switch (kind) {
      case Content.Text.KIND -> new Content.Text(body);
      case Content.Location.KIND -> read(body, Content.Location.class);
      case Content.Face.KIND -> read(body, Content.Face.class);
      case Content.Sound.KIND -> read(body, Content.Sound.class);
      case Content.Image.KIND -> read(body, Content.Image.class);
      case Content.File.KIND -> read(body, Content.File.class);
      case Content.Video.KIND -> read(body, Content.Video.class);
      case Content.GroupLine.KIND, Content.GroupLine.ANNOUNCED_KIND ->
          read(body, Content.GroupLine.class);
      default -> throw new StoreException("a message of unknown kind " + kind);
    };
  }

  private static <T extends Content> T read(String body, Class<T> type) {
    try {
      return JSON.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new StoreException(
          "a message body that is not " + type.getSimpleName() + ": " + e.getOriginalMessage());
    }
  }
}
