package io.parley.transcript;

import io.parley.transcript.Transcript.Entry;
import io.parley.transcript.Transcript.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `http METHOD PATH`: one request on a connection of its own.
final class HttpSteps {
  private static final Pattern HEADER = Pattern.compile("[A-Za-z][\\w-]*: .*|[\\w-]+:");

  private final Stage stage;
  private final Scope scope;
  private final Exchanges exchanges;

  HttpSteps(Stage stage, Scope scope, Exchanges exchanges) {
    this.stage = stage;
    this.scope = scope;
    this.exchanges = exchanges;
  }

  void play(Step step) throws IOException {
    int port = stage.port();
    String[] target = scope.expand(step.arguments()).split(" ", 2);
    List<String> headers = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Entry entry : step.sent()) {
      String text = scope.expand(entry.text());
      if (text.startsWith("part ")) {
        parts.add(text.substring(5));
      } else if (text.startsWith("body ")) {
        body.writeBytes(Bodies.bytes(text.substring(5)));
      } else if (!JsonMatch.looksLikeJson(text) && HEADER.matcher(text).matches()) {
        headers.add(text);
      } else {
        body.writeBytes(Bodies.bytes(text));
      }
    }
    if (!parts.isEmpty()) {
      body.writeBytes(Bodies.multipart(parts));
      headers.add("Content-Type: " + Bodies.MULTIPART);
    } else if (body.size() > 0 && headers.stream().noneMatch(HttpSteps::isContentType)) {
      headers.add("Content-Type: application/json");
    }
    boolean none = body.size() == 0 && target[0].equals("GET");
    RawHttp.Answer answer =
        RawHttp.exchange(port, target[0], target[1], headers, none ? null : body.toByteArray());
    List<Entry> expected = step.expected();
    if (expected.isEmpty()) {
      throw new Mismatch("the step expects nothing", answer.status() + " " + answer.text());
    }
    for (Entry entry : expected) {
      check(entry.text(), answer);
    }
    String path = target[1].replaceAll("\\?.*", "");
    exchanges.add("http " + target[0] + " " + path, answer.status() + " " + answer.text());
  }

  private static boolean isContentType(String header) {
    return header.toLowerCase(java.util.Locale.ROOT).startsWith("content-type:");
  }

  private void check(String expected, RawHttp.Answer answer) {
    if (expected.matches("\\d{3}")) {
      if (answer.status() != Integer.parseInt(expected)) {
        throw new Mismatch("status " + expected, answer.status() + " " + answer.text());
      }
    } else if (JsonMatch.looksLikeJson(expected)) {
      JsonMatch.check(scope, expected, answer.text());
    } else if (expected.startsWith("picture ")) {
      String actual = Bodies.describePicture(answer.body());
      if (!scope.matches(expected.substring(8), actual)) {
        throw new Mismatch(expected, actual);
      }
    } else if (expected.startsWith("!")) {
      String value = answer.header(expected.substring(1));
      if (value != null) {
        throw new Mismatch("no header " + expected.substring(1), value);
      }
    } else if (expected.equals("body") || expected.startsWith("body ")) {
      if (!scope.matches(expected.substring(4).strip(), answer.text())) {
        throw new Mismatch(expected, answer.text());
      }
    } else {
      header(expected, answer);
    }
  }

  private void header(String expected, RawHttp.Answer answer) {
    String[] pair = expected.split(":", 2);
    if (pair.length < 2) {
      throw new Mismatch("expectations are a status, a header, JSON, body or picture: " + expected);
    }
    boolean found =
        answer.headers().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(pair[0]))
            .anyMatch(header -> scope.matches(pair[1].strip(), header.getValue()));
    if (!found) {
      throw new Mismatch("header " + expected, answer.headers().toString());
    }
  }
}
