package io.parley.bench.chaos;

import java.util.Locale;
import java.util.Map;

/// What came of one disaster.
///
/// @param name of the disaster
/// @param silentSeconds the longest time without an acknowledgement to anybody
/// @param waitSeconds the longest wait for one
/// @param acknowledged messages
/// @param judgement of what is stored
/// @param skips conversations that a walk of Sync missed
/// @param undelivered messages that a live device has not, and had no reason to pull
/// @param late pushes below one that the same connection had
/// @param twice pushes that came again on one connection; allowed
/// @param wrong answers that nobody deserved
/// @param logoutMs the longest that a session lived on at another node
/// @param refusals what was answered no, and how often
/// @param notRun why it was not tried; empty: it was
/// @param failed what kept it from being judged; empty: nothing
public record Row(
    String name,
    double silentSeconds,
    double waitSeconds,
    long acknowledged,
    Judgement judgement,
    long skips,
    long undelivered,
    long late,
    long twice,
    long wrong,
    long logoutMs,
    Map<String, Long> refusals,
    String notRun,
    String failed) {
  private static final long LOGOUT_MS_MAX = 1_000;

  static Row notRun(String name, String why) {
    return new Row(name, 0, 0, 0, Judgement.CLEAN, 0, 0, 0, 0, 0, 0, Map.of(), why, "");
  }

  static Row failed(String name, String why) {
    return new Row(name, 0, 0, 0, Judgement.CLEAN, 0, 0, 0, 0, 0, 0, Map.of(), "", why);
  }

  /// Whether every promise held.
  public boolean clean() {
    return failed.isEmpty()
        && judgement.equals(Judgement.CLEAN)
        && skips + undelivered + late + wrong == 0
        && logoutMs <= LOGOUT_MS_MAX;
  }

  String summary() {
    if (!notRun.isEmpty()) {
      return name + ": not run, " + notRun;
    }
    if (!failed.isEmpty()) {
      return name + ": FAILED, " + failed;
    }
    return String.format(
        Locale.ROOT,
        "%s: %s, %,d acknowledged, none for %.1f s at most, logout %d ms",
        name,
        clean() ? "clean" : "BROKEN",
        acknowledged,
        silentSeconds,
        logoutMs);
  }
}
