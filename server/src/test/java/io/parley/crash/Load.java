package io.parley.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.base.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Senders that never give up: each sends one message after another and tries each until it is
/// acknowledged, over whatever happens to the server.
final class Load {
  private final Ledger ledger;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();

  Load(Ledger ledger) {
    this.ledger = ledger;
  }

  /// `path`: where it posts, e.g. `/v1/users/7/messages/text`.
  void sender(Client client, String path, String name) {
    threads.add(Thread.ofVirtual().start(() -> send(client, path, name)));
  }

  /// Lets every sender finish the message it is at. A server must be up for that.
  void finish() throws InterruptedException {
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /// Ends the senders wherever they are.
  void abandon() throws InterruptedException {
    stop.set(true);
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void send(Client client, String path, String name) {
    for (int i = 0; !stop.get(); i++) {
      String text = name + "-" + i;
      String body =
          """
          {"text":{"content":"%s"},"client_message_id":"%s"}\
          """
              .formatted(text, text);
      while (true) {
        try {
          JsonNode answer = client.post(path, body);
          ledger.acks.put(
              text,
              new Ledger.Ack(
                  answer.get("conversation_id").asText(),
                  answer.get("seq").asLong(),
                  answer.get("id").asText()));
          break;
        } catch (IOException e) {
          Clock.SYSTEM.sleep(Duration.ofMillis(20));
        } catch (InterruptedException e) {
          return;
        }
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
      }
    }
  }
}
