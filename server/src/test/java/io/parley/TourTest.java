package io.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/tour.sh` stays true. It is run as a newcomer runs it, with bash and curl.
class TourTest {
  private static final String TOKENS =
      "[{name: tour, token: 0123456789abcdef0123456789abcdef, rights: [gateway]}]";

  @TempDir private Path dir;

  @Test
  void tour_twiceOnOneServer_seesOneMessageInThreeContracts() throws Exception {
    String app = "[{id: tour, security_code: tour-secret}]";
    try (TestServer server =
        TestServer.start(
            dir.resolve("data"), Map.of("signed.apps", app, "security.service_tokens", TOKENS))) {
      for (int i = 0; i < 2; i++) {
        Run run = tour(server);
        assertEquals(0, run.exit(), run.printed());
        assertTrue(run.printed().contains("nothing surprised"), run.printed());
      }
    }
  }

  @Test
  void tour_onAServerWithoutTheApp_saysHowToAddIt() throws Exception {
    try (TestServer server = TestServer.start(dir.resolve("data"))) {
      Run run = tour(server);
      assertEquals(1, run.exit(), run.printed());
      assertTrue(run.printed().contains("./parley app add --id tour"), run.printed());
    }
  }

  private record Run(int exit, String printed) {}

  private Run tour(TestServer server) throws IOException, InterruptedException {
    Path printed = dir.resolve("printed");
    ProcessBuilder builder = new ProcessBuilder("bash", "../docs/tour.sh");
    builder.environment().put("PARLEY_URL", server.url());
    builder.redirectErrorStream(true).redirectOutput(printed.toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    if (!ended) {
      process.destroy();
    }
    return new Run(ended ? process.exitValue() : -1, Files.readString(printed));
  }
}
