package io.parley.preview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.hash.Hashing;
import io.parley.base.AccountId;
import io.parley.base.Bulkhead;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.MessageId;
import io.parley.media.Media;
import io.parley.messaging.Content;
import io.parley.messaging.Message;
import io.parley.messaging.Messaging;
import io.parley.platform.Platform;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Previews of links in messages.
///
/// A page is fetched when the sender of a message asks for the preview of a link in it; what came
/// of it is kept for all who may read a message with that link, a preview for 30 days, a failure
/// for ten minutes. Whoever else asks gets what is kept and causes nothing.
public final class Previews {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration FAILURE_KEPT = Duration.ofMinutes(10);
  private static final int THREADS = 4;
  private static final Duration TURN = Duration.ofSeconds(10);
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final int ACCOUNTS_KNOWN_MAX = 100_000;

  /// A picture has room in an answer over a socket.
  private static final int IMAGE_BYTES_MAX = 40_960;

  private final Platform platform;
  private final Messaging messaging;
  private final Media media;
  private final Limits limits;
  private final Fetching.Rules rules;
  private final PreviewStore store = new PreviewStore();
  private final Bulkhead threads;
  private volatile boolean enabled;
  private final Cache<AccountId, AtomicInteger> asked =
      Caffeine.newBuilder()
          .maximumSize(ACCOUNTS_KNOWN_MAX)
          .expireAfterWrite(Duration.ofHours(1))
          .build();

  /// Off until it is [#turnedOn].
  public Previews(Platform platform, Messaging messaging, Media media, Limits limits) {
    this(platform, messaging, media, limits, Fetching.Rules.PUBLIC);
  }

  Previews(
      Platform platform, Messaging messaging, Media media, Limits limits, Fetching.Rules rules) {
    this.platform = platform;
    this.messaging = messaging;
    this.media = media;
    this.limits = limits;
    this.rules = rules;
    threads =
        new Bulkhead(
            "parley-preview-",
            new Bulkhead.Bounds(
                THREADS,
                new Bulkhead.Cap("limits.previews_waiting_max", limits.previewsWaitingMax()),
                new Bulkhead.Cap("limits.previews_per_account_max", limits.previewsPerAccountMax()),
                TURN,
                TIME));
  }

  /// The same; unless `on`, there is no preview of anything.
  public Previews turnedOn(boolean on) {
    enabled = on;
    return this;
  }

  /// Whether there are previews on this server.
  public boolean enabled() {
    return enabled;
  }

  /// The preview of a link in a text message; null for none, or none yet.
  ///
  /// @param link as it stands in the text, with `http://`, `https://` or `www.` before it
  /// @throws Fault NOT_FOUND for a message that the caller may not read; INVALID_FIELD if the link
  ///     is not in it or is none; of the sender also BUSY, and THROTTLED at
  ///     `limits.previews_per_hour_max`
  public @Nullable Preview of(Caller caller, MessageId id, String link) {
    AccountId account = caller.requireAccount();
    Message message = messaging.find(caller, id);
    URI address = Link.parse(link);
    if (address == null
        || !(message.content() instanceof Content.Text(String text))
        || !text.contains(link)) {
      throw Fault.invalid("link", "no link of that message");
    }
    if (!enabled) {
      return null;
    }
    String key = Hashing.sha256().hashString(address.toString(), StandardCharsets.UTF_8).toString();
    long now = platform.clock().millis();
    PreviewStore.Kept kept = platform.db().read(tx -> store.find(tx, key, now));
    if (kept != null) {
      return kept.preview();
    }
    if (!message.sender().equals(account)) {
      return null;
    }
    requireFew(account);
    Preview made = make(account, address);
    Duration end = made == null ? FAILURE_KEPT : KEPT;
    platform
        .db()
        .change(
            tx -> {
              store.put(tx, key, made, now, now + end.toMillis());
              store.trim(tx, now, limits.previewsKeptMax());
            });
    return made;
  }

  private void requireFew(AccountId account) {
    AtomicInteger count = asked.get(account, unused -> new AtomicInteger());
    if (count.incrementAndGet() > limits.previewsPerHourMax()) {
      throw Fault.retry(
          FaultCode.THROTTLED,
          "limits.previews_per_hour_max = " + limits.previewsPerHourMax(),
          Duration.ofHours(1));
    }
  }

  private @Nullable Preview make(AccountId account, URI address) {
    Fetching fetching = new Fetching(rules, address);
    Fetching.@Nullable Found found;
    try {
      found = threads.run(account, fetching, Previews::tooLong).orElse(null);
    } catch (Fault fault) {
      if (fault.code() == FaultCode.BUSY || Thread.currentThread().isInterrupted()) {
        throw fault;
      }
      // Its picture may have been what took too long.
      found = fetching.soFar();
    }
    return found == null
        ? null
        : new Preview(
            found.at().toString(),
            found.page().title(),
            found.page().description(),
            found.page().site(),
            image(account, found.picture()));
  }

  private static Fault tooLong() {
    return Fault.of(FaultCode.UNAVAILABLE, "the page takes longer than " + TIME.toSeconds() + " s");
  }

  private Preview.@Nullable Image image(AccountId account, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      Media.Small small = media.small(account, bytes);
      return small.bytes().length > IMAGE_BYTES_MAX
          ? null
          : new Preview.Image(small.bytes(), small.type(), small.width(), small.height());
    } catch (Fault noPicture) {
      return null;
    }
  }
}
