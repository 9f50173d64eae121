package io.parley.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the command line reaches the server that has the data folder: `control.sock` in it, which
/// only the folder's owner may open. One order and one answer for each connection, each a line of
/// JSON of at most 64 KiB:
///
/// `{"command":"account.grant","options":{"name":["ann"],"right":["admin"]}}` →
/// `{"lines":["…"]}` or `{"code":"NO_SUCH_ACCOUNT","text":"…"}`
public final class ControlSocket implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlSocket.class);
  private static final String NAME = "control.sock";
  private static final int LINE_BYTES_MAX = 65_536;
  private static final int CONNECTIONS_MAX = 4;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// Made with the first order: most starts never need it.
  private static final class Lazy {
    static final JsonMapper JSON = new JsonMapper();
  }

  private final Path file;
  private final ServerSocketChannel listener;
  private final Orders orders;
  private final Semaphore places = new Semaphore(CONNECTIONS_MAX);

  private ControlSocket(Path file, ServerSocketChannel listener, Orders orders) {
    this.file = file;
    this.listener = listener;
    this.orders = orders;
  }

  /// Listens in the data folder `dir`, which this process has. Null where the system cannot, as
  /// for a folder with too long a name; the server does without.
  public static @Nullable ControlSocket open(Path dir, Orders orders) {
    Path file = dir.resolve(NAME);
    // Bound where nobody else can look, and moved once only the owner may open it.
    Path fresh = dir.resolve("keys").resolve("control.new");
    try {
      Files.deleteIfExists(fresh);
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(fresh));
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      ControlSocket socket = new ControlSocket(file, listener, orders);
      Thread.ofVirtual().name("control").start(socket::accept);
      return socket;
    } catch (IOException | UnsupportedOperationException e) {
      log.warn("no {}: the command line cannot reach this server: {}", file, e.toString());
      return null;
    }
  }

  /// Has the server that owns the data folder `dir` carry out `order`; the answer is what to print.
  ///
  /// @throws IOException if no server listens there
  /// @throws Fault as the server answered
  public static List<String> send(Path dir, Order order) throws IOException {
    ObjectNode request = Lazy.JSON.createObjectNode();
    request.put("command", order.kind().word());
    request.set("options", Lazy.JSON.valueToTree(order.options()));
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(dir.resolve(NAME)))) {
      write(channel, request);
      JsonNode answer = Lazy.JSON.readTree(line(channel));
      if (answer.has("code")) {
        throw Fault.of(FaultCode.valueOf(answer.get("code").asText()), answer.get("text").asText());
      }
      List<String> lines = new ArrayList<>();
      answer.path("lines").forEach(each -> lines.add(each.asText()));
      return lines;
    }
  }

  private void accept() {
    try {
      while (true) {
        places.acquire();
        SocketChannel channel = next();
        Thread.ofVirtual().name("control-call").start(() -> serve(channel));
      }
    } catch (ClosedChannelException | InterruptedException e) {
      return; // The server stops.
    }
  }

  /// Waits out what makes it impossible for a while, such as no file descriptor being free.
  private SocketChannel next() throws ClosedChannelException {
    while (true) {
      try {
        return listener.accept();
      } catch (ClosedChannelException e) {
        throw e;
      } catch (IOException e) {
        log.error("the control socket failed", e);
        Clock.SYSTEM.sleep(PAUSE);
      }
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      ObjectNode answer = Lazy.JSON.createObjectNode();
      try {
        List<String> lines = orders.carryOut(order(line(channel)));
        lines.forEach(answer.putArray("lines")::add);
      } catch (RuntimeException | Error e) {
        Fault fault = Fault.from(e);
        if (fault.code() == FaultCode.INTERNAL) {
          log.error("an order failed", e);
        }
        answer.put("code", fault.code().name());
        answer.put("text", fault.text());
      }
      write(channel, answer);
    } catch (IOException e) {
      log.debug("a control connection ended: {}", e.toString());
    } finally {
      places.release();
    }
  }

  private static Order order(String line) {
    try {
      JsonNode node = Lazy.JSON.readTree(line);
      Map<String, List<String>> options = new LinkedHashMap<>();
      node.path("options")
          .properties()
          .forEach(
              each -> {
                List<String> values = new ArrayList<>();
                each.getValue().forEach(value -> values.add(value.asText()));
                options.put(each.getKey(), values);
              });
      return new Order(Order.Kind.of(node.path("command").asText()), options);
    } catch (JsonProcessingException e) {
      throw Fault.of(FaultCode.MALFORMED, "not a line of JSON");
    }
  }

  private static void write(SocketChannel channel, ObjectNode line) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(
            (Lazy.JSON.writeValueAsString(line) + '\n').getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String line(SocketChannel channel) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    while (channel.read(buffer.clear()) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        byte each = buffer.get();
        if (each == '\n') {
          return line.toString(StandardCharsets.UTF_8);
        }
        line.write(each);
      }
      if (line.size() > LINE_BYTES_MAX) {
        throw new IOException("a line of more than " + LINE_BYTES_MAX + " bytes");
      }
    }
    throw new IOException("the connection ended within a line");
  }

  @Override
  public void close() {
    try {
      listener.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.debug("closing the control socket: {}", e.toString());
    }
  }
}
