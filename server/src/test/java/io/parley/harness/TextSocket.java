package io.parley.harness;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A WebSocket that speaks texts, through the JDK's own client.
public final class TextSocket implements AutoCloseable {
  /// So many frames are read as come.
  public static final long ALL = Long.MAX_VALUE;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int SECONDS_MAX = 10;

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  /// @param path of the server, such as `/ws`
  /// @param ahead how many frames, pings among them, are read before they are asked for: [#ALL], or
  ///     0 for a client that reads nothing by itself
  /// @param headers names and values of the handshake in turn
  public TextSocket(TestServer server, String path, long ahead, String... headers) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    URI uri = URI.create(server.url().replace("http:", "ws:") + path);
    socket = builder.buildAsync(uri, new Listener(ahead)).join();
  }

  public void say(String text) {
    socket.sendText(text, true).join();
  }

  /// The next text, or "closed" with the code where the other side has closed.
  ///
  /// @throws AssertionError if nothing comes for 10 s
  public String next() throws InterruptedException {
    socket.request(1);
    String text = texts.poll(SECONDS_MAX, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing came for " + SECONDS_MAX + " s");
    }
    return text;
  }

  /// Texts that have come and were not taken.
  public int waiting() {
    return texts.size();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    private final long ahead;
    private final StringBuilder text = new StringBuilder();

    Listener(long ahead) {
      this.ahead = ahead;
    }

    @Override
    public void onOpen(WebSocket opened) {
      if (ahead > 0) {
        opened.request(ahead);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        texts.add(text.toString());
        text.setLength(0);
      } else {
        from.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      texts.add("closed " + code);
      return null;
    }
  }
}
