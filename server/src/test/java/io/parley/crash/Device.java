package io.parley.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.parley.base.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A device that does what every client must: takes pushes in order, pulls when it sees a gap, and
/// after each reconnect pulls from its cursors. What it has seen in the end must be every message,
/// once, in order.
final class Device {
  private static final String CLOSED = "closed";

  private final Client client;
  private final LinkedBlockingQueue<String> inbox = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean stop;

  /// Message ids by conversation, in the order seen; the index is the seq less one.
  final Map<String, List<String>> seen = new TreeMap<>();

  /// Pushes taken since the start.
  final AtomicInteger pushes = new AtomicInteger();

  Device(Client client) {
    this.client = client;
    thread = Thread.ofVirtual().start(this::run);
  }

  /// Stops listening, pulls what is left, ends.
  void finish() throws InterruptedException {
    stop = true;
    inbox.add(CLOSED);
    thread.join();
  }

  private void run() {
    while (true) {
      boolean last = stop;
      try {
        WebSocket socket = last ? null : connect();
        catchUp();
        if (socket == null) {
          return;
        }
        listen();
        socket.abort();
      } catch (IOException | CompletionException e) {
        Clock.SYSTEM.sleep(Duration.ofMillis(50));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private WebSocket connect() {
    inbox.clear();
    WebSocket socket =
        Client.HTTP
            .newWebSocketBuilder()
            .header("authorization", "Bearer " + client.token)
            .buildAsync(
                URI.create(client.url.replace("http:", "ws:") + "/ws?form=json"), new Listener())
            .orTimeout(5, TimeUnit.SECONDS)
            .join();
    socket.sendText("{\"cmd\":\"ping\",\"request_id\":1}", true).join();
    return socket;
  }

  private void listen() throws IOException, InterruptedException {
    while (!stop) {
      String text = inbox.poll(500, TimeUnit.MILLISECONDS);
      if (text == null) {
        continue;
      }
      if (text.equals(CLOSED)) {
        return;
      }
      JsonNode frame = parse(text);
      if (frame.path("cmd").asText().equals("push.message")) {
        pushes.incrementAndGet();
        take(frame.at("/data/message"));
      }
    }
  }

  private void take(JsonNode message) throws IOException, InterruptedException {
    String conversation = message.get("conversation_id").asText();
    List<String> ids = seen.computeIfAbsent(conversation, key -> new ArrayList<>());
    long seq = message.get("seq").asLong();
    if (seq == ids.size() + 1) {
      ids.add(message.get("id").asText());
    } else if (seq > ids.size() + 1) {
      pull(conversation, ids);
    }
  }

  private void catchUp() throws IOException, InterruptedException {
    String cursor = "";
    while (true) {
      JsonNode page = client.get("/v1/conversations?limit=200&cursor=" + cursor);
      for (JsonNode conversation : page.get("conversation")) {
        String id = conversation.get("id").asText();
        pull(id, seen.computeIfAbsent(id, key -> new ArrayList<>()));
      }
      if (!page.get("more").asBoolean()) {
        return;
      }
      cursor = page.get("next_cursor").asText();
    }
  }

  private void pull(String conversation, List<String> ids)
      throws IOException, InterruptedException {
    while (true) {
      JsonNode page =
          client
              .get(
                  "/v1/conversations/%s/messages?after_seq=%d&limit=200"
                      .formatted(conversation, ids.size()))
              .get("message");
      for (JsonNode message : page) {
        ids.add(message.get("id").asText());
      }
      if (page.isEmpty()) {
        return;
      }
    }
  }

  private static JsonNode parse(String text) throws JsonProcessingException {
    return Client.JSON.readTree(text);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        inbox.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      inbox.add(CLOSED);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      inbox.add(CLOSED);
    }
  }
}
