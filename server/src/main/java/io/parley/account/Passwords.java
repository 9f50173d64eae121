package io.parley.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.parley.base.AccountId;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Hmac;
import io.parley.base.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes and checks password verifiers: Argon2id over HMAC-SHA256(pepper, wire value).
///
/// The slow hash runs on at most one thread per core, behind a short queue; when that is full,
/// callers are told BUSY before any work is done. A verified login is remembered for five minutes
/// in a bounded table, keyed by a MAC whose key dies with the process: the same login again costs
/// no slow hash. [#forget] drops it.
public final class Passwords implements AutoCloseable {
  /// How to make new hashes, and which schemes a plain password fills.
  ///
  /// @param signedSalts asked for each new password
  public record Settings(
      int memoryKib, int iterations, Supplier<? extends Collection<String>> signedSalts) {}

  /// Whose login is remembered: which account's, over which scheme.
  private record Remembered(AccountId account, String scheme) {}

  /// A login that was right for `verifier`: one that was checked while the password changed is
  /// remembered in vain.
  private static final class Verified {
    private final byte[] verifier;
    private final byte[] mac;
    private final Duration left;

    /// @param mac of the scheme and the wire value
    /// @param left for which it is remembered
    Verified(String verifier, byte[] mac, Duration left) {
      this.verifier = bytes(verifier);
      this.mac = mac;
      this.left = left;
    }
  }

  /// A slow check that is under way.
  private record Check(String verifier, ByteBuffer mac) {}

  static final Duration REMEMBER = Duration.ofMinutes(5);
  private static final int REMEMBERED_MAX = 100_000;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final SlowHash slowHash;
  private final Hmac pepper;
  private final Hmac processKey;
  private final Supplier<? extends Collection<String>> signedSalts;
  private final ThreadPoolExecutor pool;
  private final int queueMax;
  private final AtomicInteger registrations = new AtomicInteger();
  private final Semaphore share;
  /// What an unknown name is checked against; made when first needed, it costs a start too much.
  private final Supplier<String> unknownVerifier;
  private final Map<Check, FutureTask<Boolean>> underWay = new ConcurrentHashMap<>();
  private final Cache<Remembered, Verified> remembered =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED_MAX)
          .expireAfter(Expiry.<Remembered, Verified>writing((login, verified) -> verified.left))
          .build();

  /// `pepper`: 32 bytes kept with the data, outside the database.
  public Passwords(Settings settings, byte[] pepper, Limits limits, Entropy entropy) {
    slowHash = new SlowHash(settings.memoryKib(), settings.iterations(), entropy);
    this.pepper = new Hmac(pepper);
    processKey = new Hmac(entropy.bytes(32));
    signedSalts = settings.signedSalts();
    queueMax = limits.hashQueueMax();
    int cores = Runtime.getRuntime().availableProcessors();
    pool =
        new ThreadPoolExecutor(
            cores,
            cores,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueMax),
            Thread.ofPlatform().daemon().name("parley-hash-", 0).factory());
    share = new Semaphore(Math.max(1, cores / 2), true);
    pool.allowCoreThreadTimeOut(true);
    byte[] nobody = entropy.bytes(32);
    unknownVerifier = new Lazy(() -> slowHash.hash(nobody));
  }

  private List<Scheme> schemes() {
    List<Scheme> all = new java.util.ArrayList<>(List.of(new Scheme.Plain(), new Scheme.Entry()));
    signedSalts.get().forEach(salt -> all.add(new Scheme.Signed(salt)));
    return all;
  }

  /// One verifier per scheme for a plain-text password, by scheme name. Blocks for one slow hash
  /// per scheme.
  ///
  /// @throws Fault BUSY if the hash queue is full
  public Map<String, String> verifiers(String password) {
    return slowly(() -> slowVerifiers(password));
  }

  /// The same for an account that is being registered: behind other registrations, not behind
  /// logins.
  ///
  /// @throws Fault BUSY if as many registrations are under way as the hash queue holds
  Map<String, String> newVerifiers(String password) {
    return registering(() -> slowVerifiers(password));
  }

  /// The same of what `scheme`'s clients send as the password.
  Map<String, String> newVerifier(Scheme scheme, String wire) {
    return registering(() -> Map.of(scheme.name(), slowHash.hash(peppered(wire))));
  }

  private Map<String, String> slowVerifiers(String password) {
    Map<String, String> verifiers = new LinkedHashMap<>();
    for (Scheme scheme : schemes()) {
      verifiers.put(scheme.name(), slowHash.hash(peppered(scheme.wire(password))));
    }
    return verifiers;
  }

  /// The same without slow hashes, for accounts that are taken in by the million: see [FastHash].
  Map<String, String> fastVerifiers(String password) {
    Map<String, String> verifiers = new LinkedHashMap<>();
    for (Scheme scheme : schemes()) {
      verifiers.putAll(fastVerifier(scheme, scheme.wire(password)));
    }
    return verifiers;
  }

  /// The one of a scheme, for its wire value.
  Map<String, String> fastVerifier(Scheme scheme, String wire) {
    return Map.of(scheme.name(), FastHash.of(peppered(wire)));
  }

  /// What is kept of `wire`, which was right for a fast verifier, until that is replaced.
  Upgrades.Shown shown(AccountId account, Scheme scheme, String wire) {
    byte[] peppered = peppered(wire);
    byte[] mac = mac(scheme, wire);
    return new Upgrades.Shown() {
      @Override
      public String slowVerifier() {
        return slowHash.hash(peppered);
      }

      @Override
      public void remember(String verifier, Duration left) {
        remembered.put(new Remembered(account, scheme.name()), new Verified(verifier, mac, left));
      }
    };
  }

  private static byte[] bytes(String verifier) {
    return verifier.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] mac(Scheme scheme, String wire) {
    return processKey.of(scheme.name() + '\n' + wire);
  }

  /// Whether `wire` is what `account`'s verifier of `scheme` was made from. With no account or no
  /// verifier the answer is false after the same time.
  ///
  /// @throws Fault BUSY if the hash queue is full
  public boolean verify(
      @Nullable AccountId account, @Nullable String verifier, Scheme scheme, String wire) {
    if (verifier == null || FastHash.is(verifier)) {
      if (verifier != null && FastHash.verify(verifier, peppered(wire))) {
        return true;
      }
      // Nobody's, or one that did not match: the answer takes as long as any other.
      var unused = slowly(() -> slowHash.verify(unknownVerifier.get(), peppered(wire)));
      return false;
    }
    byte[] mac = mac(scheme, wire);
    Remembered key = account == null ? null : new Remembered(account, scheme.name());
    Verified known = key == null ? null : remembered.getIfPresent(key);
    if (known != null
        && MessageDigest.isEqual(known.verifier, bytes(verifier))
        && MessageDigest.isEqual(known.mac, mac)) {
      return true;
    }
    Check check = new Check(verifier, ByteBuffer.wrap(mac));
    boolean matches = once(check, () -> slowHash.verify(verifier, peppered(wire)));
    if (matches && key != null) {
      remembered.put(key, new Verified(verifier, mac, REMEMBER));
    }
    return matches;
  }

  /// Drops what is remembered of `account`: its password changed or it was disabled.
  public void forget(AccountId account) {
    for (Scheme scheme : schemes()) {
      remembered.invalidate(new Remembered(account, scheme.name()));
    }
  }

  /// Drops all that is remembered: it may have changed unheard.
  public void forgetAll() {
    remembered.invalidateAll();
  }

  @Override
  public void close() {
    pool.shutdown();
  }

  /// Makes its value once, at the first call.
  private static final class Lazy implements Supplier<String> {
    private final Supplier<String> maker;
    private @Nullable String value;

    Lazy(Supplier<String> maker) {
      this.maker = maker;
    }

    @Override
    public synchronized String get() {
      String made = value == null ? maker.get() : value;
      value = made;
      return made;
    }
  }

  private byte[] peppered(String wire) {
    return pepper.of(wire);
  }

  /// Many devices that log in as one account at the same time share one slow hash.
  private boolean once(Check key, Callable<Boolean> work) {
    FutureTask<Boolean> task = new FutureTask<>(work);
    FutureTask<Boolean> earlier = underWay.putIfAbsent(key, task);
    if (earlier != null) {
      return await(earlier);
    }
    try {
      return slowly(task);
    } finally {
      underWay.remove(key, task);
    }
  }

  /// Registrations come to the hash queue a few at a time, however many there are, so logins always
  /// find room in it and a thread that is not busy with registrations.
  private <T> T registering(Callable<T> work) {
    if (registrations.incrementAndGet() > queueMax) {
      registrations.decrementAndGet();
      throw busy();
    }
    try {
      share.acquire();
      try {
        return slowly(work);
      } finally {
        share.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Fault.of(FaultCode.UNAVAILABLE, "interrupted");
    } finally {
      registrations.decrementAndGet();
    }
  }

  private static Fault busy() {
    return Fault.retry(
        FaultCode.BUSY, "limits.hash_queue_max logins or registrations are waiting", RETRY);
  }

  private <T> T slowly(Callable<T> work) {
    return slowly(new FutureTask<>(work));
  }

  private <T> T slowly(FutureTask<T> task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      task.cancel(false);
    }
    return await(task);
  }

  private static <T> T await(FutureTask<T> task) {
    try {
      return task.get();
    } catch (CancellationException e) {
      throw busy();
    } catch (ExecutionException e) {
      throw Fault.internal(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Fault.of(FaultCode.UNAVAILABLE, "interrupted");
    }
  }
}
