package io.parley.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// What a server says of itself with each beat. Nothing of it is secret; each figure is null where
/// it is not known, because the server could not tell or has another version.
///
/// @param sockets live ones open
/// @param accounts that have one
/// @param messages stored by it, a second
/// @param writesWaiting,eventsWaiting queued for the store, for delivery
/// @param heapBytes,heapMaxBytes in use, and what it may grow to
/// @param processor its share of the machine's processors, 0 … 1
/// @param diskFreeBytes of the disk that holds its data folder
/// @param current whether it heard all the time what the other servers did
public record Figures(
    @Nullable Long sockets,
    @Nullable Long accounts,
    @Nullable Double messages,
    @Nullable Long writesWaiting,
    @Nullable Long eventsWaiting,
    @Nullable Long heapBytes,
    @Nullable Long heapMaxBytes,
    @Nullable Double processor,
    @Nullable Long diskFreeBytes,
    @Nullable Boolean current) {
  /// Of a server that told nothing.
  public static final Figures NONE =
      new Figures(null, null, null, null, null, null, null, null, null, null);

  /// Characters of [#encode] at most; more is neither stored nor read.
  static final int CHARACTERS_MAX = 4096;

  private static final ObjectMapper JSON = new ObjectMapper();

  /// The same, `current` or not.
  Figures asCurrent(boolean yes) {
    return new Figures(
        sockets,
        accounts,
        messages,
        writesWaiting,
        eventsWaiting,
        heapBytes,
        heapMaxBytes,
        processor,
        diskFreeBytes,
        yes);
  }

  /// As JSON, in ASCII.
  String encode() {
    ObjectNode all = JSON.createObjectNode();
    all.put("sockets", sockets);
    all.put("accounts", accounts);
    all.put("messages", messages);
    all.put("writes_waiting", writesWaiting);
    all.put("events_waiting", eventsWaiting);
    all.put("heap_bytes", heapBytes);
    all.put("heap_max_bytes", heapMaxBytes);
    all.put("processor", processor);
    all.put("disk_free_bytes", diskFreeBytes);
    all.put("current", current);
    return all.toString();
  }

  /// What any version's [#encode] made. Never fails: what cannot be read is not known.
  static Figures decode(String text) {
    JsonNode all = parse(text);
    return new Figures(
        whole(all, "sockets"),
        whole(all, "accounts"),
        number(all, "messages"),
        whole(all, "writes_waiting"),
        whole(all, "events_waiting"),
        whole(all, "heap_bytes"),
        whole(all, "heap_max_bytes"),
        number(all, "processor"),
        whole(all, "disk_free_bytes"),
        all.path("current").isBoolean() ? (Boolean) all.path("current").booleanValue() : null);
  }

  private static JsonNode parse(String text) {
    if (text.isEmpty() || text.length() > CHARACTERS_MAX) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /// None is below zero.
  private static @Nullable Long whole(JsonNode all, String name) {
    JsonNode found = all.path(name);
    return found.canConvertToLong() && found.isIntegralNumber() && found.longValue() >= 0
        ? (Long) found.longValue()
        : null;
  }

  private static @Nullable Double number(JsonNode all, String name) {
    double found = all.path(name).isNumber() ? all.path(name).doubleValue() : -1;
    return found >= 0 && Double.isFinite(found) ? (Double) found : null;
  }
}
