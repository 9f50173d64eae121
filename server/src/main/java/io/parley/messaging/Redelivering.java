package io.parley.messaging;

import io.parley.base.ConversationId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.platform.Platform;
import io.parley.store.Db;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/// Announces messages once more that were stored a moment ago: where their events were lost.
public final class Redelivering {
  private static final int AT_ONCE = 200;

  private final Db db;
  private final MessageEncoder encoder;
  private final MessageStore messages = new MessageStore();
  private final ConversationStore conversations = new ConversationStore();
  private final MarkStore marks = new MarkStore();

  public Redelivering(Platform platform, MessageEncoder encoder) {
    this.db = platform.db();
    this.encoder = encoder;
  }

  /// A message, and whom to tell it.
  private record Found(Message message, Audience audience) {}

  /// Hands some messages with ids above `above` to `sink`, as they are now, in the order of their
  /// ids.
  ///
  /// @param node the number of the node that they came in at; negative for all but the node
  ///     `-node - 1`
  /// @return above which id to read on; `above` itself when there was nothing
  public long read(long above, int node, ObjLongConsumer<Event.MessagePosted> sink) {
    List<MessageStore.Stored> stored =
        db.readApart(tx -> messages.storedAfter(tx, above, node, AT_ONCE));
    if (stored.isEmpty()) {
      return above;
    }
    List<Found> found =
        db.readApart(
            tx -> {
              Map<ConversationId, @Nullable Membership> places = new HashMap<>();
              return stored.stream()
                  .map(
                      each -> {
                        Membership place =
                            places.computeIfAbsent(
                                each.conversation(), id -> conversations.place(tx, id));
                        Message message =
                            place == null ? null : messages.find(tx, each.id(), place);
                        Audience audience =
                            message == null || place == null
                                ? null
                                : marks.audience(tx, place, message.seq());
                        return message == null || audience == null
                            ? null
                            : new Found(marks.forAll(tx, List.of(message)).getFirst(), audience);
                      })
                  .filter(Objects::nonNull)
                  .toList();
            });
    for (Found each : found) {
      if (encoder.posted(each.message(), each.audience(), 0)
          instanceof Event.MessagePosted posted) {
        sink.accept(posted, each.message().id().value());
      }
    }
    return stored.getLast().id().value();
  }
}
