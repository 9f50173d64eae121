package io.parley.transcript;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// What the transcripts of one contract have exchanged, one line each:
///
/// - `http POST /login -> 200 {"code":0}`
/// - `grpc user.UserService/UserLogin -> OK {"token":"…"}`
/// - `socket /ws -> {"cmd":"…"}`, one for each message that came
///
/// Only what passed is here. Coverage is asked in regular expressions over these lines.
final class Exchanges {
  private static final int ANSWER_CHARS_MAX = 2000;

  private final List<String> lines = new CopyOnWriteArrayList<>();

  void add(String what, String answer) {
    String shown = answer.replace('\n', ' ');
    lines.add(what + " -> " + shown.substring(0, Math.min(shown.length(), ANSWER_CHARS_MAX)));
  }

  boolean has(Pattern pattern) {
    return lines.stream().anyMatch(line -> pattern.matcher(line).find());
  }
}
