package io.parley.cluster;

import io.parley.base.Completion;
import io.parley.base.Hmac;
import io.parley.base.Node;
import io.parley.store.Db;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The servers that share the records: each has a number while it lives.
///
/// A number belongs to one start of one server. Whoever left gives it back at once; that of a
/// server that fell silent goes to another after an hour, and from then on the store takes nothing
/// more from the silent one.
public final class Nodes {
  /// Who was not alive for so long counts as silent.
  static final Duration SILENT = Duration.ofSeconds(10);

  private static final Duration GONE = Duration.ofHours(1);

  /// A server may not join.
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Refused(String text) {
      super(text);
    }
  }

  private final Db db;
  private final NodeStore store = new NodeStore();

  /// `db`: one that may be shared.
  public Nodes(Db db) {
    this.db = db;
  }

  /// Takes a number for this server.
  ///
  /// @param address where it takes traffic
  /// @throws Refused if all numbers are taken
  public Node join(String address, String version) {
    Node joined =
        db.write(
            tx -> {
              long now = tx.clockMs();
              Node node = free(store.list(tx), now);
              if (node != null) {
                store.put(tx, new Listed(node, now, now, address, version, Figures.NONE));
              }
              return node;
            });
    if (joined == null) {
      throw new Refused(
          "all %d numbers of servers are taken; one that fell silent is free after an hour"
              .formatted(Node.NUMBERS));
    }
    return joined;
  }

  /// The lowest number that nobody has.
  private static @Nullable Node free(List<Listed> known, long now) {
    Map<Integer, Listed> byNumber = new TreeMap<>();
    known.forEach(each -> byNumber.put(each.node().number(), each));
    for (int number = 0; number < Node.NUMBERS; number++) {
      Listed last = byNumber.get(number);
      if (last == null) {
        return new Node(number, now);
      }
      if (last.beatAt() < now - GONE.toMillis()) {
        return new Node(number, Math.max(now, last.node().epoch() + 1));
      }
    }
    return null;
  }

  /// Compares this server's secrets with those of the others, or notes them for those to come.
  ///
  /// @throws Refused naming the first that differs
  public void requireSecrets(Map<String, byte[]> secrets) {
    Map<String, String> fingerprints = new TreeMap<>();
    secrets.forEach((name, secret) -> fingerprints.put(name, fingerprint(name, secret)));
    String differs =
        db.write(
            tx -> {
              for (Map.Entry<String, String> each : fingerprints.entrySet()) {
                String known = store.fingerprint(tx, each.getKey());
                if (known == null) {
                  store.putFingerprint(tx, each.getKey(), each.getValue());
                } else if (!known.equals(each.getValue())) {
                  return each.getKey();
                }
              }
              return null;
            });
    if (differs != null) {
      throw new Refused(
          "the secret %s is not that of the servers that used this database: give this one a copy of their data folder's keys/"
              .formatted(differs));
    }
  }

  private static String fingerprint(String name, byte[] secret) {
    return HexFormat.of().formatHex(new Hmac(secret).of("parley node secret " + name), 0, 16);
  }

  /// Says that this server is alive. Does not wait.
  ///
  /// @param figures as [Figures#encode] makes them; what is longer than they may be is left out
  /// @throws io.parley.base.Fault if nothing can be stored now
  void beat(Node self, String figures) {
    String kept = figures.length() <= Figures.CHARACTERS_MAX ? figures : "";
    db.submit(
        tx -> {
          store.beat(tx, self, tx.clockMs(), kept);
          return null;
        },
        Completion.ignored());
  }

  /// Gives the number back: the last thing that this server stores.
  public void leave(Node self) {
    db.change(tx -> store.beat(tx, self, 0, ""));
  }

  /// Those who are there and those who fell silent within an hour, by number.
  public List<Status> list() {
    return db.read(
        tx -> {
          long now = tx.clockMs();
          List<Status> all = new ArrayList<>();
          for (Listed each : store.list(tx)) {
            if (each.beatAt() >= now - GONE.toMillis()) {
              boolean alive = each.beatAt() >= now - SILENT.toMillis();
              all.add(new Status(each, alive, Math.max(0, now - each.beatAt())));
            }
          }
          return List.copyOf(all);
        });
  }

  /// @param silentMs since it was last alive
  public record Status(Listed node, boolean alive, long silentMs) {}
}
