package io.parley.face.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.parley.api.realtime.Frame;
import io.parley.face.socket.TestClient.Received;
import io.parley.harness.TestLimits;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// WebSocket frames as clients may and may not send them.
class FramingTest {
  private static final int BYTES_MAX = 2000;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        new TestServer(
            TestLimits.with(Map.of("limits.frame_bytes_max", Integer.toString(BYTES_MAX))));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestClient client() throws Exception {
    return TestClient.authenticated(server.port(), "91:1", "device-" + System.nanoTime());
  }

  private static byte[] ping(int id) {
    return Frame.newBuilder().setCmd("ping").setRequestId(id).build().toByteArray();
  }

  @Test
  void message_inFragmentsWithAPingBetween_isPutTogether() throws Exception {
    try (TestClient client = client()) {
      byte[] whole = ping(300);
      client.raw(TestClient.frameBytes(0x02, Arrays.copyOf(whole, 2), true));
      client.raw(TestClient.frameBytes(0x00, new byte[0], true));
      client.raw(
          TestClient.frameBytes(
              0x89, "still here".getBytes(java.nio.charset.StandardCharsets.UTF_8), true));
      client.raw(TestClient.frameBytes(0x80, Arrays.copyOfRange(whole, 2, whole.length), true));
      Received pong = client.receive();
      assertEquals(10, pong.opcode());
      assertEquals("still here", pong.text());
      assertEquals(300, client.frame().getRequestId());
    }
  }

  @Test
  void message_splitAnywhere_arrivesWhole() throws Exception {
    Random random = new Random(5);
    try (TestClient client = client()) {
      java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
      for (int i = 1; i <= 200; i++) {
        all.write(TestClient.binary("no/" + "x".repeat(random.nextInt(300)), i, ByteString.EMPTY));
      }
      byte[] bytes = all.toByteArray();
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int at = 0; at < bytes.length; ) {
                        int end =
                            Math.min(bytes.length, at + 1 + random.nextInt(at < 500 ? 3 : 400));
                        client.raw(Arrays.copyOfRange(bytes, at, end));
                        at = end;
                      }
                    } catch (java.io.IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      for (int i = 1; i <= 200; i++) {
        assertEquals(i, client.frame().getRequestId());
      }
      sender.join();
    }
  }

  @Test
  void data_overTheLimit_isAnErrorWithItsId() throws Exception {
    try (TestClient client = client()) {
      client.send("ping", 7, ByteString.copyFrom(new byte[BYTES_MAX + 1]));
      Frame refused = client.frame();
      assertEquals(7, refused.getRequestId());
      assertEquals(3, refused.getError().getCode());
      assertTrue(refused.getError().getMessage().contains("frame_bytes_max"));
      client.send("ping", 8, ByteString.copyFrom(new byte[BYTES_MAX]));
      assertEquals(8, client.frame().getRequestId());
    }
  }

  @Test
  void message_farOverTheLimit_closes1009BeforeItIsRead() throws Exception {
    try (TestClient client = client()) {
      // Only a header: a terabyte is announced.
      client.raw(new byte[] {(byte) 0x82, (byte) 0xFF, 0, 0, 1, 0, 0, 0, 0, 0});
      client.raw(new byte[] {1, 2, 3, 4});
      assertEquals(1009, client.receive().closeCode());
      assertTrue(client.ends());
    }
    try (TestClient client = client()) {
      client.raw(TestClient.frameBytes(0x02, new byte[BYTES_MAX], true));
      client.raw(TestClient.frameBytes(0x80, new byte[BYTES_MAX], true));
      assertEquals(1009, client.receive().closeCode());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unmasked",
        "reserved bit",
        "opcode 3",
        "opcode 11",
        "continuation of nothing",
        "fragmented ping",
        "long ping",
        "text inside a message"
      })
  void violation_closes1002(String kind) throws Exception {
    byte[] some = {1, 2, 3};
    byte[] bad =
        switch (kind) {
          case "unmasked" -> TestClient.frameBytes(0x82, some, false);
          case "reserved bit" -> TestClient.frameBytes(0xC2, some, true);
          case "opcode 3" -> TestClient.frameBytes(0x83, some, true);
          case "opcode 11" -> TestClient.frameBytes(0x8B, some, true);
          case "continuation of nothing" -> TestClient.frameBytes(0x80, some, true);
          case "fragmented ping" -> TestClient.frameBytes(0x09, some, true);
          case "long ping" -> TestClient.frameBytes(0x89, new byte[126], true);
          default -> {
            byte[] first = TestClient.frameBytes(0x02, some, true);
            byte[] second = TestClient.frameBytes(0x81, some, true);
            byte[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            yield both;
          }
        };
    try (TestClient client = client()) {
      client.raw(bad);
      assertEquals(1002, client.receive().closeCode());
      assertTrue(client.ends());
    }
  }

  @Test
  void close_isAnsweredWithItsCode() throws Exception {
    try (TestClient client = client()) {
      client.raw(TestClient.frameBytes(0x88, new byte[] {0x03, (byte) 0xE8}, true));
      assertEquals(1000, client.receive().closeCode());
      assertTrue(client.ends());
    }
  }

  @Test
  void close_withACodeThatMayNotBeSent_isAnswered1002() throws Exception {
    for (byte[] payload : new byte[][] {{0x03, (byte) 0xED}, {0x07}, {0, 0}, {0x0B, 0}}) {
      try (TestClient client = client()) {
        client.raw(TestClient.frameBytes(0x88, payload, true));
        assertEquals(1002, client.receive().closeCode());
      }
    }
  }

  @Test
  void close_withAReasonThatIsNoText_isAnswered1007() throws Exception {
    for (int[] reason : new int[][] {{0xFF}, {0xC0, 0x80}, {0xED, 0xA0, 0x80}, {'a', 0xE4}}) {
      byte[] payload = new byte[reason.length + 2];
      payload[0] = 0x03;
      payload[1] = (byte) 0xE8;
      for (int i = 0; i < reason.length; i++) {
        payload[i + 2] = (byte) reason[i];
      }
      try (TestClient client = client()) {
        client.raw(TestClient.frameBytes(0x88, payload, true));
        assertEquals(1007, client.receive().closeCode());
        assertTrue(client.ends());
      }
    }
    try (TestClient client = client()) {
      byte[] good = "\u0003\u00e8".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      byte[] text = "再见".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      byte[] payload = Arrays.copyOf(good, 2 + text.length);
      System.arraycopy(text, 0, payload, 2, text.length);
      client.raw(TestClient.frameBytes(0x88, payload, true));
      assertEquals(1000, client.receive().closeCode());
    }
  }

  @Test
  void ping_beforeAuth_isRefusedLikeEveryOtherCommand() throws Exception {
    try (TestClient client = TestClient.open(server.port())) {
      for (String cmd : new String[] {"ping", SocketTest.GET}) {
        client.send(cmd, 1, ByteString.EMPTY);
        Frame refused = client.frame();
        assertEquals(cmd, refused.getCmd());
        assertEquals(16, refused.getError().getCode());
        assertEquals(1000, refused.getError().getErrorCode());
      }
    }
  }

  @Test
  void message_inAThousandFragments_isPutTogether() throws Exception {
    try (TestClient client = client()) {
      byte[] whole =
          Frame.newBuilder()
              .setCmd("ping")
              .setRequestId(301)
              .setData(ByteString.copyFrom(new byte[1000]))
              .build()
              .toByteArray();
      for (int i = 0; i < whole.length; i++) {
        int first = (i == 0 ? 0x02 : 0x00) | (i == whole.length - 1 ? 0x80 : 0);
        client.raw(TestClient.frameBytes(first, new byte[] {whole[i]}, true));
      }
      assertEquals(301, client.frame().getRequestId());
      client.send("ping", 302, ByteString.EMPTY);
      assertEquals(302, client.frame().getRequestId());
    }
  }

  @Test
  void payload_ofAnyLength_isUnmaskedRight() throws Exception {
    try (TestClient client = client()) {
      for (int length = 0; length <= 125; length++) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        client.raw(TestClient.frameBytes(0x89, payload, true));
        assertArrayEquals(payload, client.receive().payload());
      }
    }
  }
}
