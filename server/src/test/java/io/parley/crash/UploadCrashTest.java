package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads under power cuts: what was answered is there, whole.
class UploadCrashTest {
  private static final int SENDERS = 4;

  @TempDir(factory = OnDisk.class)
  Path dir;

  private final Map<String, String> answered = new ConcurrentHashMap<>();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<Thread> senders = new ArrayList<>();
  private CrashServer server;
  private Client ann;

  @BeforeEach
  void start() throws Exception {
    server = new CrashServer(dir);
    ann = Client.register(server.url(), "ann");
  }

  @AfterEach
  void kill() throws Exception {
    stop.set(true);
    for (Thread sender : senders) {
      sender.join();
    }
    server.kill();
  }

  @Test
  void powerCut_leavesEveryAnsweredUploadWhole() throws Exception {
    send();
    run();
    server.cutPower();
    server.start();
    run();
    stop.set(true);
    assertEquals(List.of(), lost().stream().limit(5).toList());
  }

  /// The same test against a server that does not sync must fail, or it proves nothing.
  @Test
  void powerCutWithoutSync_isNoticed() throws Exception {
    server.kill();
    server.startWithoutSync();
    send();
    run();
    stop.set(true);
    server.cutPower();
    server.start();
    assertFalse(lost().isEmpty(), "answered uploads must be missing");
  }

  private void run() {
    int wanted = answered.size() + 30;
    long end = Clock.SYSTEM.nanos() + Duration.ofSeconds(30).toNanos();
    while (answered.size() < wanted) {
      assertTrue(Clock.SYSTEM.nanos() < end, "no upload is answered");
      Clock.SYSTEM.sleep(Duration.ofMillis(2));
    }
  }

  private void send() {
    for (int i = 0; i < SENDERS; i++) {
      String name = "file " + i + " ";
      senders.add(Thread.ofVirtual().start(() -> send(name)));
    }
  }

  private void send(String name) {
    for (int i = 0; !stop.get(); i++) {
      String text = (name + i + " ").repeat(500);
      try {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(server.url() + "/v1/files"))
                .timeout(Duration.ofSeconds(10))
                .header("authorization", "Bearer " + ann.token)
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        HttpResponse<String> answer =
            Client.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          answered.put(Client.JSON.readTree(answer.body()).get("url").asText(), text);
        }
      } catch (IOException e) {
        Clock.SYSTEM.sleep(Duration.ofMillis(20));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private List<String> lost() throws Exception {
    List<String> lost = new ArrayList<>();
    for (Map.Entry<String, String> each : Map.copyOf(answered).entrySet()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url() + each.getKey()))
              .timeout(Duration.ofSeconds(10))
              .build();
      HttpResponse<String> answer = Client.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200 || !answer.body().equals(each.getValue())) {
        lost.add(each.getKey() + ": " + answer.statusCode());
      }
    }
    return lost;
  }
}
