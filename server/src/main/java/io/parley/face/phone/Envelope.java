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

/// The form of every answer: a status, results, a message, and the date twice, as the document has
/// it.
///
/// @param zone of the dates
public record Envelope(Clock clock, ZoneId zone) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT);

  String success(List<? extends JsonNode> results) {
    return of(Status.SUCCESS_STATUS, results, "ok");
  }

  /// A search that found nothing is no success here.
  String found(List<? extends JsonNode> results) {
    return results.isEmpty() ? of(Status.FAILURE_STATUS, results, "ok") : success(results);
  }

  String refusal(Refusal refusal) {
    return of(refusal.status(), List.of(), refusal.text());
  }

  private String of(Status status, List<? extends JsonNode> results, String message) {
    ObjectNode answer = Json.object();
    answer.put("status", status.code());
    ArrayNode result = answer.putArray("result");
    results.forEach(result::add);
    answer.put("message", message);
    answer.put("date", time(clock.millis()));
    answer.put("Date", day(clock.millis()));
    return answer.toString();
  }

  /// `2018-11-14T21:40:56`
  String time(long millis) {
    return TIME.format(at(millis));
  }

  /// `2018/11/14`
  String day(long millis) {
    return DAY.format(at(millis));
  }

  private ZonedDateTime at(long millis) {
    return Instant.ofEpochMilli(millis).atZone(zone);
  }
}
