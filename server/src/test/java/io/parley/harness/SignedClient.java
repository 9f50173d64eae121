package io.parley.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.partner.Signature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// A partner's back end over HTTP. Every request gets a transaction id of its own.
public final class SignedClient implements AutoCloseable {
  /// The value of `signed.apps` for one app, "shop", with the security code "code".
  public static final String SHOP =
      "[{id: shop, security_code: code, password_salt: \"@java110.com\"}]";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneId.of("+08:00"));
  private static final AtomicLong NEXT = new AtomicLong();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String app;
  private final String code;

  public SignedClient(String url, String app, String code) {
    this.url = url;
    this.app = app;
    this.code = code;
  }

  /// The four headers of a request with that payload, signed.
  public Map<String, String> headers(byte[] payload) {
    String transaction = "1000000000%020d".formatted(NEXT.incrementAndGet());
    String time = TIME.format(Instant.now());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("app_id", app);
    headers.put("transaction_id", transaction);
    headers.put("sign", Signature.of(transaction, time, app, payload, code));
    headers.put("req_time", time);
    return headers;
  }

  /// A good request, or one whose body is wrong.
  public HttpResponse<String> post(String service, String body) {
    return post(service, body.getBytes(UTF_8));
  }

  public HttpResponse<String> post(String service, byte[] body) {
    return send("POST", service, headers(body), body);
  }

  public HttpResponse<String> send(
      String method, String service, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/" + service));
    headers.forEach(request::header);
    return send(request.method(method, BodyPublishers.ofByteArray(body)));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
