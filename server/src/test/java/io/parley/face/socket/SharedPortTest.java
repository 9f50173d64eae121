package io.parley.face.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.parley.api.common.PingRequest;
import io.parley.api.user.UserServiceGrpc;
import io.parley.harness.TestLimits;
import io.parley.harness.TestTls;
import io.parley.harness.Waiting;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// HTTP/1, HTTP/2, gRPC and live sockets on one port, plain and with TLS.
class SharedPortTest {
  @Test
  void plainPort_servesEverything() throws Exception {
    try (TestServer server = new TestServer(TestLimits.defaults())) {
      String authority = "127.0.0.1:" + server.port();
      for (String protocol : new String[] {"h1c", "h2c", "http"}) {
        assertEquals(
            "hello",
            WebClient.of(protocol + "://" + authority).blocking().get("/hello").contentUtf8());
      }
      UserServiceGrpc.UserServiceBlockingStub grpc =
          GrpcClients.newClient(
              "gproto+http://" + authority + "/", UserServiceGrpc.UserServiceBlockingStub.class);
      assertEquals("over grpc", grpc.ping(PingRequest.getDefaultInstance()).getContent());
      try (TestClient client = TestClient.authenticated(server.port(), "1:1", "")) {
        client.send("ping", 1, ByteString.EMPTY);
        assertEquals("ping", client.frame().getCmd());
      }
    }
  }

  @Test
  void plainHttp_splitAnywhere_passesThrough() throws Exception {
    try (TestServer server = new TestServer(TestLimits.defaults());
        TestClient client = new TestClient(server.port())) {
      byte[] request =
          "GET /hello HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII);
      for (byte each : request) {
        client.raw(new byte[] {each});
      }
      String answers = client.untilEnd();
      assertEquals(2, answers.split("hello", -1).length - 1);
    }
  }

  @Test
  void tlsPort_servesEverything() throws Exception {
    try (TestServer server =
            new TestServer(TestLimits.defaults(), builder -> builder.https(0).tlsSelfSigned());
        ClientFactory insecure = ClientFactory.insecure()) {
      String authority = "127.0.0.1:" + server.port();
      for (String protocol : new String[] {"h1", "h2", "https"}) {
        WebClient client =
            WebClient.builder(protocol + "://" + authority).factory(insecure).build();
        assertEquals("hello", client.blocking().get("/hello").contentUtf8());
      }
      UserServiceGrpc.UserServiceBlockingStub grpc =
          GrpcClients.builder("gproto+https://" + authority + "/")
              .factory(insecure)
              .build(UserServiceGrpc.UserServiceBlockingStub.class);
      assertEquals("over grpc", grpc.ping(PingRequest.getDefaultInstance()).getContent());
      for (String[] alpn : new String[][] {{}, {"http/1.1"}}) {
        talkOverTls(server, alpn);
      }
    }
  }

  private static void talkOverTls(TestServer server, String[] alpn) throws Exception {
    try (TestClient client = new TestClient(TestTls.connect(server.port(), alpn));
        TestClient other = new TestClient(TestTls.connect(server.port(), alpn))) {
      for (byte each : TestClient.request("/ws").getBytes(StandardCharsets.US_ASCII)) {
        client.raw(new byte[] {each});
      }
      assertTrue(client.head().startsWith("HTTP/1.1 101 "));
      client.auth("1:1", "a");
      assertEquals("auth", client.frame().getCmd());
      other.upgrade("/ws", "Authorization: Bearer 2:1");
      Waiting.until(() -> server.registry.of(2).length == 1);
      for (int i = 1; i <= 50; i++) {
        client.send(SocketTest.SEND, i, SocketTest.text(2, "x".repeat(500 * i)));
        assertEquals(i, client.frame().getRequestId());
        assertEquals("push.message", other.frame().getCmd());
      }
    }
  }
}
