package io.parley.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.parley.store.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How content is stored: a text message as its text, any other kind as JSON with the record's
/// component names. A field that a later version adds is absent in old rows and read as its
/// default. What a later version says that this one has no word for is [Content.Newer].
final class ContentCodec {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
          .build();

  private ContentCodec() {}

  /// @throws IllegalStateException for [Content.Newer]
  static String body(Content content) {
    if (content instanceof Content.Newer newer) {
      throw new IllegalStateException("content of kind " + newer.kind() + " is not written");
    }
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
      case Content.GroupLine.KIND, Content.GroupLine.ANNOUNCED_KIND -> line(kind, body);
      default -> new Content.Newer(kind);
    };
  }

  private static Content line(int kind, String body) {
    Line line = read(body, Line.class);
    return line.event == null
        ? new Content.Newer(kind)
        : new Content.GroupLine(line.event, line.accounts, line.count, line.text);
  }

  /// A [Content.GroupLine] as it is stored, whose event this program may not know.
  private record Line(
      Content.GroupLine.@Nullable Event event, List<Long> accounts, long count, String text) {}

  private static <T> T read(String body, Class<T> type) {
    try {
      return JSON.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new StoreException(
          "a message body that is not " + type.getSimpleName() + ": " + e.getOriginalMessage());
    }
  }
}
