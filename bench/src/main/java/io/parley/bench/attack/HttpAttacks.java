package io.parley.bench.attack;

import java.io.IOException;
import java.util.List;

/// Attacks that any HTTP client can make.
final class HttpAttacks {
  private HttpAttacks() {}

  /// Pictures that cost memory or time to decode.
  static final class BombPictures implements Attack {
    private static final int SIDE = 2_500;
    private static final int SCANS = 1_000;

    private final Http http;
    private final Victim victim;
    private final List<byte[]> pictures =
        List.of(Bombs.deepPng(SIDE, SIDE), Bombs.manyScans(SIDE, SCANS), Bombs.manyScans(SIDE, 60));

    BombPictures(Http http, Victim victim) {
      this.http = http;
      this.victim = victim;
    }

    @Override
    public String name() {
      return "bomb pictures";
    }

    @Override
    public int atOnce() {
      return 16;
    }

    @Override
    public String strike(long number, long untilNanos) throws IOException, InterruptedException {
      byte[] picture = pictures.get((int) (number % pictures.size()));
      return http.post("/v1/images", victim.token(number), picture, untilNanos);
    }
  }

  /// Searches that no index helps with, over messages that grow when they are folded.
  record Searches(Http http, Victim victim) implements Attack {
    private static final List<String> KEYWORDS = List.of("%25%25%25", "__", "%EF%BF%BF", "q");

    @Override
    public String name() {
      return "searches that scan";
    }

    @Override
    public int atOnce() {
      return 64;
    }

    @Override
    public String strike(long number, long untilNanos) throws IOException, InterruptedException {
      String keyword = KEYWORDS.get((int) (number % KEYWORDS.size()));
      long round = number / KEYWORDS.size();
      String path = round % 2 == 0 ? "/v1/messages/search" : "/v1/feeds/query";
      return http.get(path + "?keyword=" + keyword, victim.token(round / 2), untilNanos);
    }
  }

  /// Accounts by the hundred.
  record Registrations(Http http, Victim victim) implements Attack {
    @Override
    public String name() {
      return "registrations";
    }

    @Override
    public int atOnce() {
      return 150;
    }

    @Override
    public String strike(long number, long untilNanos) throws IOException, InterruptedException {
      String body =
          "{\"nickname\":\"hostile-%s-%d\",\"password\":\"Bench-password-1\",\"password_rpt\":\"Bench-password-1\"}"
              .formatted(victim.key(), number);
      return http.post("/v1/users", "", Http.json(body), untilNanos);
    }
  }

  /// The dearest query of the contract, by the hundred.
  record NameQueries(Http http, Victim victim) implements Attack {
    private static final List<String> KEYWORDS = List.of("", "b", "%25%25%25", "nobody");

    @Override
    public String name() {
      return "QueryUser floods";
    }

    @Override
    public int atOnce() {
      return 200;
    }

    @Override
    public String strike(long number, long untilNanos) throws IOException, InterruptedException {
      String keyword = KEYWORDS.get((int) (number % KEYWORDS.size()));
      String path = "/v1/users?page=1&page_size=100&keyword=" + keyword;
      return http.get(path, victim.token(number), untilNanos);
    }
  }

  /// Passwords of others, and of nobody.
  record Guesses(Http http, Victim victim) implements Attack {
    @Override
    public String name() {
      return "password guesses";
    }

    @Override
    public int atOnce() {
      return 60;
    }

    @Override
    public String strike(long number, long untilNanos) throws IOException, InterruptedException {
      String name = number % 3 == 0 ? "nobody-" + number : victim.name(number);
      String body = "{\"nickname\":\"%s\",\"password\":\"guess-%d\"}".formatted(name, number);
      return http.post("/v1/login", "", Http.json(body), untilNanos);
    }
  }
}
