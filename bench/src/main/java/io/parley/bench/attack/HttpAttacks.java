package io.parley.bench.attack;

import java.util.List;

/// Attacks that any HTTP client can make.
final class HttpAttacks {
  private static final int SIDE = 2_500;
  private static final int SCANS = 1_000;

  private final Http http;
  private final Victim victim;

  HttpAttacks(Http http, Victim victim) {
    this.http = http;
    this.victim = victim;
  }

  /// Pictures that cost memory or time to decode.
  Attack bombPictures() {
    List<byte[]> pictures =
        List.of(Bombs.deepPng(SIDE, SIDE), Bombs.manyScans(SIDE, SCANS), Bombs.manyScans(SIDE, 60));
    return new Attack(
        "bomb pictures",
        16,
        (number, untilNanos) ->
            http.post("/v1/images", victim.token(number), nth(pictures, number), untilNanos));
  }

  /// Searches that no index helps with, over messages that grow when they are folded.
  Attack searches() {
    List<String> keywords = List.of("%25%25%25", "__", "%EF%BF%BF", "q");
    return new Attack(
        "searches that scan",
        64,
        (number, untilNanos) -> {
          long round = number / keywords.size();
          String path = round % 2 == 0 ? "/v1/messages/search" : "/v1/feeds/query";
          return http.get(
              path + "?keyword=" + nth(keywords, number), victim.token(round / 2), untilNanos);
        });
  }

  /// Accounts by the hundred.
  Attack registrations() {
    return new Attack(
        "registrations",
        150,
        (number, untilNanos) -> {
          String body =
              "{\"nickname\":\"hostile-%s-%d\",\"password\":\"Bench-password-1\",\"password_rpt\":\"Bench-password-1\"}"
                  .formatted(victim.key(), number);
          return http.post("/v1/users", "", Http.json(body), untilNanos);
        });
  }

  /// The dearest query of the contract, by the hundred.
  Attack nameQueries() {
    List<String> keywords = List.of("", "b", "%25%25%25", "nobody");
    return new Attack(
        "QueryUser floods",
        200,
        (number, untilNanos) -> {
          String path = "/v1/users?page=1&page_size=100&keyword=" + nth(keywords, number);
          return http.get(path, victim.token(number), untilNanos);
        });
  }

  /// Passwords of others, and of nobody.
  Attack guesses() {
    return new Attack(
        "password guesses",
        60,
        (number, untilNanos) -> {
          String name = number % 3 == 0 ? "nobody-" + number : victim.name(number);
          String body = "{\"nickname\":\"%s\",\"password\":\"guess-%d\"}".formatted(name, number);
          return http.post("/v1/login", "", Http.json(body), untilNanos);
        });
  }

  private static <T> T nth(List<T> all, long number) {
    return all.get((int) (number % all.size()));
  }
}
