package io.parley.bench.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BalancerTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final String READY = "HTTP/1.1 200 OK\r\n";
  private static final String NOT_READY = "HTTP/1.1 503 Service Unavailable\r\n";

  private final EchoServer a = new EchoServer("a");
  private final EchoServer b = new EchoServer("b");

  @AfterEach
  void close() {
    a.close();
    b.close();
  }

  @Test
  void connections_goToTheServersInTurn() throws IOException {
    try (Balancer balancer = balancer(NEVER, 0, 0)) {
      String greetings = greeting(balancer) + greeting(balancer) + greeting(balancer);
      assertTrue(Set.of("aba", "bab").contains(greetings), greetings);
    }
  }

  @Test
  void serverThatRefuses_getsNoConnections() throws IOException {
    List<Backend> one = List.of(new Backend(portOfNobody(), 0), new Backend(b.port(), 0));
    try (Balancer balancer = new Balancer(0, one, NEVER)) {
      assertEquals("bbb", greeting(balancer) + greeting(balancer) + greeting(balancer));
    }
  }

  @Test
  void serverThatIsNotReady_getsNoConnections_untilItIs() throws Exception {
    try (EchoServer well = new EchoServer(READY);
        EchoServer ill = new EchoServer(NOT_READY);
        Balancer balancer = balancer(OFTEN, ill.port(), well.port())) {
      await(() -> balancer.away().size() == 1);
      assertEquals("bbb", greeting(balancer) + greeting(balancer) + greeting(balancer));
    }
    try (EchoServer well = new EchoServer(READY);
        Balancer balancer = balancer(OFTEN, well.port(), well.port())) {
      await(() -> balancer.away().isEmpty());
      String both = greeting(balancer) + greeting(balancer);
      assertTrue(Set.of("ab", "ba").contains(both), both);
    }
  }

  @Test
  void whenNoServerIsReady_allAreTried() throws Exception {
    try (EchoServer ill = new EchoServer(NOT_READY);
        Balancer balancer = balancer(OFTEN, ill.port(), ill.port())) {
      await(() -> balancer.away().size() == 2);
      assertEquals(1, greeting(balancer).length());
    }
  }

  @Test
  void whenEveryServerRefuses_theClientIsToldByAnEnd() throws IOException {
    List<Backend> none = List.of(new Backend(portOfNobody(), 0), new Backend(portOfNobody(), 0));
    try (Balancer balancer = new Balancer(0, none, NEVER);
        Socket socket = connect(balancer)) {
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void halfThatAClientEnds_leavesItTheOther() throws IOException {
    try (Balancer balancer = balancer(NEVER, 0, 0);
        Socket socket = connect(balancer)) {
      socket.getOutputStream().write("heard".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertEquals("heard", all.substring(1));
    }
  }

  /// Where nobody has ever waited: a server that has just closed may take one more into its queue.
  private static int portOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
      return socket.getLocalPort();
    }
  }

  private Balancer balancer(Duration look, int managementOfA, int managementOfB) {
    return new Balancer(
        0,
        List.of(new Backend(a.port(), managementOfA), new Backend(b.port(), managementOfB)),
        look);
  }

  private static Socket connect(Balancer balancer) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), balancer.port());
    socket.setSoTimeout(5_000);
    return socket;
  }

  private static String greeting(Balancer balancer) throws IOException {
    try (Socket socket = connect(balancer)) {
      return Character.toString(socket.getInputStream().read());
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, "not within ten seconds");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
