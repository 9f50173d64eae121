package io.parley.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What was acknowledged, held against what a server has.
final class Ledger {
  /// An acknowledgement: where the server said that the message with this text is.
  record Ack(String conversation, long seq, String id) {}

  /// By the message's text, which is its client message id too and unique.
  final Map<String, Ack> acks = new ConcurrentHashMap<>();

  /// What is wrong with the stored conversations, one sentence each; empty if nothing is.
  List<String> violations(Map<String, Client> readerOfConversation)
      throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    Map<String, Ack> stored = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (Map.Entry<String, Client> each : readerOfConversation.entrySet()) {
      long expected = 1;
      for (JsonNode message : history(each.getValue(), each.getKey())) {
        long seq = message.get("seq").asLong();
        if (seq != expected) {
          wrong.add("gap in " + each.getKey() + ": " + expected + " is followed by " + seq);
        }
        expected = seq + 1;
        String text = message.at("/text/content").asText();
        Ack where = new Ack(each.getKey(), seq, message.get("id").asText());
        if (stored.put(text, where) != null) {
          twice.add(text);
        }
      }
    }
    twice.forEach(text -> wrong.add("stored twice: " + text));
    acks.forEach(
        (text, ack) -> {
          Ack found = stored.get(text);
          if (found == null) {
            wrong.add("lost: " + text + " acknowledged as " + ack);
          } else if (!found.equals(ack) && !twice.contains(text)) {
            wrong.add("moved: " + text + " acknowledged as " + ack + ", is " + found);
          }
        });
    return wrong;
  }

  /// The whole conversation, ascending.
  static List<JsonNode> history(Client reader, String conversation)
      throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    long after = 0;
    while (true) {
      JsonNode page =
          reader
              .get(
                  "/v1/conversations/%s/messages?after_seq=%d&limit=200"
                      .formatted(conversation, after))
              .get("message");
      if (page.isEmpty()) {
        return all;
      }
      page.forEach(all::add);
      after = all.getLast().get("seq").asLong();
    }
  }
}
