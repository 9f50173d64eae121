package io.parley.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The native API over REST, for one account.
final class Client {
  static final ObjectMapper JSON = new ObjectMapper();
  static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  final String url;
  final String id;
  final String token;

  private Client(String url, String id, String token) {
    this.url = url;
    this.id = id;
    this.token = token;
  }

  static Client register(String url, String name) throws IOException, InterruptedException {
    String id =
        call(
                url,
                "POST",
                "/v1/users",
                """
                {"nickname":"%s","password":"secret1","password_rpt":"secret1"}\
                """
                    .formatted(name),
                null)
            .at("/user/id")
            .asText();
    String token =
        call(
                url,
                "POST",
                "/v1/login",
                """
                {"nickname":"%s","password":"secret1"}\
                """
                    .formatted(name),
                null)
            .get("token")
            .asText();
    return new Client(url, id, token);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return call(url, "GET", path, null, token);
  }

  JsonNode post(String path, String body) throws IOException, InterruptedException {
    return call(url, "POST", path, body, token);
  }

  private static JsonNode call(
      String url, String method, String path, @Nullable String body, @Nullable String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(10))
            .header("content-type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    HttpResponse<String> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(method + " " + path + ": " + response.statusCode() + response.body());
    }
    return JSON.readTree(response.body());
  }
}
