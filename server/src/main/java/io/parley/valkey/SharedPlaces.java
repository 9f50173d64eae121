package io.parley.valkey;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Node;
import io.parley.presence.Places;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which nodes accounts are connected to: a hash for each account, number of the node → epoch. A
/// node counts as long as it renews its lease, so one that died is nowhere after [#LEASE].
///
/// A server that lost what it had is told everything anew.
final class SharedPlaces implements Places {
  static final Duration LEASE = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(SharedPlaces.class);
  private static final Duration RENEWAL = Duration.ofSeconds(2);

  /// What is not told again in this time is forgotten.
  private static final Duration KEPT = Duration.ofHours(2);

  private static final Duration REPEAT = Duration.ofMinutes(30);

  /// KEYS: accounts. ARGV: this node, where leases are. How many other nodes each is at.
  private static final String ELSEWHERE =
      """
      local found = {}
      for k = 1, #KEYS do
        local all = redis.call('HGETALL', KEYS[k])
        local others = 0
        for i = 1, #all, 2 do
          if all[i] ~= ARGV[1] and redis.call('GET', ARGV[2] .. all[i]) == all[i + 1] then
            others = others + 1
          end
        end
        found[k] = others
      end
      """;

  private static final String ASK = ELSEWHERE + "return found";

  private static final String COME =
      ELSEWHERE
          + """
          redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
          redis.call('PEXPIRE', KEYS[1], ARGV[4])
          return found
          """;

  private static final String GO = ELSEWHERE + "redis.call('HDEL', KEYS[1], ARGV[1]) return found";

  private final Shared shared;
  private final Node self;
  private final Clock clock;
  private final Set<AccountId> here = ConcurrentHashMap.newKeySet();
  private final Thread renewing;
  private volatile boolean closed;
  private long toldNs;

  SharedPlaces(Shared shared, Node self, Clock clock) {
    this.shared = shared;
    this.self = self;
    this.clock = clock;
    toldNs = clock.nanos();
    renewing = Thread.ofVirtual().name("places").start(this::renewAll);
  }

  @Override
  public boolean came(AccountId account) {
    here.add(account);
    return ask(COME, List.of(account)).isEmpty();
  }

  @Override
  public boolean went(AccountId account) {
    here.remove(account);
    return ask(GO, List.of(account)).isEmpty();
  }

  @Override
  public Set<AccountId> elsewhere(List<AccountId> accounts) {
    return accounts.isEmpty() ? Set.of() : ask(ASK, accounts);
  }

  /// Those of `accounts` that are at another node.
  private Set<AccountId> ask(String script, List<AccountId> accounts) {
    byte[][] keys =
        accounts.stream().map(account -> shared.key("at:" + account)).toArray(byte[][]::new);
    List<?> found =
        shared.<List<?>>call(
            commands ->
                commands.<List<Object>>eval(
                    script,
                    ScriptOutputType.MULTI,
                    keys,
                    Shared.bytes(self.number()),
                    shared.key("node:"),
                    Shared.bytes(self.epoch()),
                    Shared.bytes(KEPT.toMillis())),
            List::of);
    Set<AccountId> elsewhere = new HashSet<>();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) instanceof Long others && others > 0) {
        elsewhere.add(accounts.get(i));
      }
    }
    return elsewhere;
  }

  private void renewAll() {
    while (!closed) {
      try {
        renew();
      } catch (RuntimeException | Error e) {
        log.error("other nodes may not see who is here", e);
      }
      clock.sleep(RENEWAL);
    }
  }

  private void renew() {
    byte[] lease = shared.key("node:" + self.number());
    String epoch = Long.toString(self.epoch());
    String before =
        shared.call(
            commands -> {
              byte[] old =
                  commands.setGet(lease, Shared.bytes(epoch), SetArgs.Builder.px(LEASE.toMillis()));
              return old == null ? "" : new String(old, StandardCharsets.UTF_8);
            },
            () -> epoch);
    boolean due = clock.nanos() - toldNs > REPEAT.toNanos();
    if (due || !before.equals(epoch)) {
      toldNs = clock.nanos();
      for (AccountId account : here) {
        if (closed) {
          return;
        }
        ask(COME, List.of(account));
        if (!here.contains(account)) {
          ask(GO, List.of(account));
        }
      }
    }
  }

  /// Nobody is here any more.
  void close() {
    closed = true;
    renewing.interrupt();
    shared.call(commands -> commands.del(shared.key("node:" + self.number())), () -> 0L);
  }
}
