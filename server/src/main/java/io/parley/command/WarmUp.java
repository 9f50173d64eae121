package io.parley.command;

import io.parley.base.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Uses a freshly started server the way its first users will, so that the start-up cache made from
/// this run holds the classes and profiles that a start needs. Its answers are not looked at: a
/// test is elsewhere.
final class WarmUp {
  private WarmUp() {}

  static void run(String url, Duration atMost) {
    long end = Clock.SYSTEM.nanos() + atMost.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String user =
          "{\"nickname\":\"warm-up\",\"password\":\"warm-up\",\"password_rpt\":\"warm-up\"}";
      String login = "{\"nickname\":\"warm-up\",\"password\":\"warm-up\"}";
      post(client, url + "/v1/users", user, "");
      String answer = post(client, url + "/v1/login", login, "");
      String token = answer.replaceAll(".*\"token\"\\s*:\\s*\"([^\"]*)\".*", "$1");
      do {
        get(client, url + "/v1/ping", token);
        get(client, url + "/", token);
        get(client, url + "/v1/users", token);
        get(client, url + "/v1/conversations", token);
        post(client, url + "/v1/users/1/messages/text", "{\"text\":{\"content\":\"x\"}}", token);
      } while (Clock.SYSTEM.nanos() < end);
    } catch (IOException e) {
      System.err.println("parley: warm-up ended early: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String post(HttpClient client, String url, String body, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static void get(HttpClient client, String url, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("authorization", "Bearer " + token).build();
    client.send(request, HttpResponse.BodyHandlers.discarding());
  }
}
