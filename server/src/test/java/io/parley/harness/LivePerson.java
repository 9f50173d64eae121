package io.parley.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Somebody on a live socket, in the JSON form, through the JDK's own WebSocket client.
public final class LivePerson implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private int requests;

  public LivePerson(TestServer server, String token, String device) throws InterruptedException {
    socket =
        HTTP.newWebSocketBuilder()
            .buildAsync(URI.create(server.url().replace("http:", "ws:") + "/ws"), new Listener())
            .join();
    JsonNode answer =
        call(
            "auth",
            """
            {"token":"%s","device_id":"%s"}\
            """
                .formatted(token, device));
    if (!answer.has("data")) {
      throw new AssertionError("not authenticated: " + answer);
    }
  }

  /// Sends a request and waits for its answer; pushes that come meanwhile are kept.
  public JsonNode call(String cmd, String data) throws InterruptedException {
    int id = ++requests;
    socket
        .sendText(
            """
            {"cmd":"%s","request_id":%d,"data":%s}\
            """
                .formatted(cmd, id, data),
            true)
        .join();
    while (true) {
      JsonNode frame = next();
      if (frame.path("request_id").asInt() == id) {
        return frame;
      }
      frames.add(frame);
    }
  }

  /// The next frame, or an error after 5 s.
  public JsonNode next() throws InterruptedException {
    JsonNode frame = frames.poll(5, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("nothing came for 5 s");
    }
    return frame;
  }

  /// What has come and was not taken.
  public int waiting() {
    return frames.size();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          frames.add(JSON.readTree(text.toString()));
        } catch (JsonProcessingException e) {
          throw new AssertionError(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      frames.add(JSON.createObjectNode().put("cmd", "closed").put("code", code));
      return null;
    }
  }
}
