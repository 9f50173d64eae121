package io.parley.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.Deque;

/// Somebody on a live socket, in the JSON form.
public final class LivePerson implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Pushes that came while an answer was waited for.
  private final Deque<JsonNode> kept = new ArrayDeque<>();

  private final TextSocket socket;
  private int requests;

  public LivePerson(TestServer server, String token, String device) throws InterruptedException {
    socket = new TextSocket(server, "/ws", TextSocket.ALL);
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
    socket.say(
        """
        {"cmd":"%s","request_id":%d,"data":%s}\
        """
            .formatted(cmd, id, data));
    while (true) {
      JsonNode frame = read();
      if (frame.path("request_id").asInt() == id) {
        return frame;
      }
      kept.add(frame);
    }
  }

  /// The next frame; that of a closed socket is `{"cmd":"closed","code":…}`.
  public JsonNode next() throws InterruptedException {
    JsonNode first = kept.poll();
    return first == null ? read() : first;
  }

  /// The same of those that are not of `cmd`.
  public JsonNode nextBut(String cmd) throws InterruptedException {
    JsonNode frame = next();
    return frame.path("cmd").asText().equals(cmd) ? nextBut(cmd) : frame;
  }

  private JsonNode read() throws InterruptedException {
    String text = socket.next();
    if (text.startsWith("closed ")) {
      int code = Integer.parseInt(text.substring("closed ".length()));
      return JSON.createObjectNode().put("cmd", "closed").put("code", code);
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /// What has come and was not taken.
  public int waiting() {
    return kept.size() + socket.waiting();
  }

  @Override
  public void close() {
    socket.close();
  }
}
