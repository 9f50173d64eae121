package io.parley.valkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.parley.face.edge.Certificate;
import io.parley.harness.TestServer;
import io.parley.harness.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// The kinds of servers that an address can name.
@Timeout(60)
class ServersTest {
  @TempDir Path dir;

  @Test
  void password_isShown_andAWrongOneSaidOnce_withoutIt() {
    Logger logger = (Logger) LoggerFactory.getLogger(Condition.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try (RedisProcess redis = RedisProcess.start(dir, "--requirepass", "right-one")) {
      String place = "127.0.0.1:" + redis.port();
      try (Listener one = new Listener("redis://:right-one@" + place, 1);
          Listener two = new Listener("redis://default:right-one@" + place + "/0", 2);
          Listener wrong = new Listener("redis://:wrong-one@" + place, 3)) {
        Listener.meet(one, two);
        one.say(1);
        two.awaits(1);
        Waiting.until(() -> !wrong.losses().isEmpty());
        assertFalse(wrong.bus.isGood());
        wrong.say(2);
        wrong.awaits(2);
      }
      assertEquals(1, lines.list.size(), lines.list::toString);
      String line = lines.list.getFirst().getFormattedMessage();
      assertTrue(line.contains("WRONGPASS"), line);
      assertFalse(line.contains("wrong-one"), line);
    } finally {
      logger.detachAppender(lines);
    }
  }

  @Test
  void cluster_isHeardThroughAnyOfItsAddresses() {
    try (RedisProcess redis =
        RedisProcess.start(dir, "--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1")) {
      redis.command("cluster", "addslotsrange", "0", "16383");
      Waiting.until(() -> redis.command("cluster", "info").contains("cluster_state:ok"));
      String url = redis.url() + ",127.0.0.1:" + redis.port();
      meet(url);
    }
  }

  @Test
  void sentinels_sayWhereTheMasterIs() throws IOException {
    try (RedisProcess redis = RedisProcess.start(dir)) {
      Path config = Files.createFile(dir.resolve("sentinel.conf"));
      Files.writeString(config, "sentinel monitor main 127.0.0.1 " + redis.port() + " 1\n");
      try (RedisProcess sentinel = RedisProcess.start(dir, config.toString(), "--sentinel")) {
        meet("redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#main");
      }
    }
  }

  @Test
  void tls_isSpoken_andACertificateThatNobodyVouchesForRefused() throws Exception {
    Map<String, String> files = Certificate.keys(dir.resolve("made"));
    String cert = String.valueOf(files.get("server.tls.cert"));
    String key = String.valueOf(files.get("server.tls.key"));
    String port = Integer.toString(TestServer.freePort());
    try (RedisProcess redis =
        RedisProcess.start(
            dir,
            "--tls-port",
            port,
            "--tls-cert-file",
            cert,
            "--tls-key-file",
            key,
            "--tls-ca-cert-file",
            cert,
            "--tls-auth-clients",
            "no")) {
      meet("rediss://localhost:" + port + "?verifyPeer=NONE");
      for (String strict : new String[] {"", "?verifyPeer=CA"}) {
        try (Listener refusing = new Listener("rediss://localhost:" + port + strict, 1)) {
          Waiting.until(() -> !refusing.bus.isGood());
          assertEquals(1, refusing.nodes());
        }
      }
      assertEquals("PONG", redis.command("ping"));
    }
  }

  private static void meet(String url) {
    try (Listener one = new Listener(url, 1);
        Listener two = new Listener(url, 2)) {
      Listener.meet(one, two);
      one.say(1);
      two.awaits(1);
    }
  }

  @Test
  void addressThatIsNone_isRefusedWithoutBeingShown() {
    for (String url : new String[] {"redis://:secret@", "http://:secret@host", "secret"}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> new Server(url, Duration.ofSeconds(1)).close(),
              url);
      assertFalse(String.valueOf(e.getMessage()).contains("secret"), e.getMessage());
    }
    assertFalse(
        new ValkeyBus.Settings("redis://:secret@host", "p", Duration.ofSeconds(1), 1)
            .toString()
            .contains("secret"));
  }

  @Test
  void addressWhereNobodyIs_holdsNothingUp() {
    try (Listener one = new Listener("redis://127.0.0.1:" + TestServer.freePort(), 1)) {
      one.say(1);
      one.awaits(1);
      Waiting.until(() -> !one.bus.isGood());
    }
  }
}
