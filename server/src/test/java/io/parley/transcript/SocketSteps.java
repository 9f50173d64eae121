package io.parley.transcript;

import io.parley.transcript.Transcript.Entry;
import io.parley.transcript.Transcript.Step;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// `socket NAME open PATH` and `socket NAME`: WebSockets.
final class SocketSteps implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Stage stage;
  private final Scope scope;
  private final Exchanges exchanges;
  private final Map<String, Socket> open = new HashMap<>();

  SocketSteps(Stage stage, Scope scope, Exchanges exchanges) {
    this.stage = stage;
    this.scope = scope;
    this.exchanges = exchanges;
  }

  void play(Step step) {
    String[] words = scope.expand(step.arguments()).split(" ");
    if (words.length == 3 && words[1].equals("open")) {
      open(step, words[0], words[2]);
      return;
    }
    Socket socket = open.get(words[0]);
    if (socket == null) {
      throw new Mismatch("no socket " + words[0] + " is open");
    }
    for (Entry entry : step.entries()) {
      if (!entry.sent()) {
        String came = socket.inbox.expect(scope, entry.text());
        exchanges.add("socket " + socket.path, came);
      } else if (entry.text().equals("close")) {
        socket.line().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      } else if (entry.text().startsWith("@")) {
        byte[] bytes = Bodies.bytes(scope.expand(entry.text()));
        socket.line().sendBinary(ByteBuffer.wrap(bytes), true).join();
      } else {
        socket.line().sendText(scope.expand(entry.text()), true).join();
      }
    }
  }

  private void open(Step step, String name, String path) {
    URI uri = URI.create("ws://127.0.0.1:" + stage.port() + path);
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    for (Entry entry : step.sent()) {
      String[] header = scope.expand(entry.text()).split(":", 2);
      builder.header(header[0], header[1].strip());
    }
    Socket socket = new Socket(path);
    String outcome = "101";
    try {
      socket.line = builder.buildAsync(uri, socket).join();
      open.put(name, socket);
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof WebSocketHandshakeException refused)) {
        throw e;
      }
      outcome = Integer.toString(refused.getResponse().statusCode());
    }
    String wanted = step.expected().isEmpty() ? "101" : step.expected().getFirst().text();
    if (!outcome.equals(wanted)) {
      throw new Mismatch("status " + wanted, outcome);
    }
    exchanges.add("socket " + path, outcome);
  }

  @Override
  public void close() {
    open.values().forEach(socket -> socket.line().abort());
    open.clear();
  }

  private static final class Socket implements WebSocket.Listener {
    private final String path;
    private final Inbox inbox = new Inbox();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder hex = new StringBuilder("@hex ");
    private @Nullable WebSocket line;

    Socket(String path) {
      this.path = path;
    }

    WebSocket line() {
      if (line == null) {
        throw new IllegalStateException("not open");
      }
      return line;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        inbox.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      hex.append(HexFormat.of().formatHex(bytes));
      if (last) {
        inbox.add(hex.toString());
        hex.setLength("@hex ".length());
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      inbox.add("closed " + code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      inbox.add("closed " + error);
    }
  }
}
