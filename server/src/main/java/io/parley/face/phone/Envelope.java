package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.base.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The form of every answer: a status, a result, a message, and the date twice, as the document has
/// it.
///
/// @param zone of the dates
/// @param slashDays whether an account's `modifyAt` is a day with slashes instead of a time
public record Envelope(Clock clock, ZoneId zone, boolean slashDays) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT);

  String success(JsonNode result) {
    return of(Status.SUCCESS_STATUS, result, "ok");
  }

  /// A search that found nothing is no success here.
  String found(List<? extends JsonNode> results) {
    ArrayNode result = Json.array();
    results.forEach(result::add);
    return results.isEmpty() ? of(Status.FAILURE_STATUS, result, "ok") : success(result);
  }

  /// @param empty the result, in the kind that the path has
  String refusal(Refusal refusal, JsonNode empty) {
    return of(refusal.status(), empty, refusal.text());
  }

  private String of(Status status, JsonNode result, String message) {
    ObjectNode answer = Json.object();
    answer.put("status", status.code());
    answer.set("result", result);
    answer.put("message", message);
    answer.put("date", time(clock.millis()));
    answer.put("Date", DAY.format(at(clock.millis())));
    return answer.toString();
  }

  /// `2018-11-14T21:40:56`
  String time(long millis) {
    return TIME.format(at(millis));
  }

  /// When an account was changed: as [#time], or `2018/12/15`.
  String modified(long millis) {
    return (slashDays ? DAY : TIME).format(at(millis));
  }

  private ZonedDateTime at(long millis) {
    return Instant.ofEpochMilli(millis).atZone(zone);
  }
}
