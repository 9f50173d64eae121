package io.parley.feed;

import io.parley.audit.Audit;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Heartbeat;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.bus.Bus;
import io.parley.media.Media;
import io.parley.messaging.Blocks;
import io.parley.store.Db;
import io.parley.store.Scans;

/// The feed's services, joined.
public final class Feeds implements AutoCloseable {
  /// What the feed stands on.
  public record Engines(Db db, Bus bus, Ids ids, Clock clock, Entropy entropy, Audit audit) {}

  /// How the feed is set up.
  ///
  /// @param reviewed whether posts wait for a moderator
  /// @param cursorKey a secret of this installation
  public record Settings(boolean reviewed, byte[] cursorKey, Limits limits) {}

  private final Chores chores;
  private final Posts posts;
  private final Likes likes;
  private final Comments comments;
  private final Moderation moderation;
  private final Timelines timelines;
  private final Recommending recommending;

  public Feeds(Engines engines, Settings settings, Blocks blocks, Media media, Scans scans) {
    Limits limits = settings.limits();
    Parts parts = Parts.of(media, settings.cursorKey(), scans, limits);
    Views views = new Views(engines.clock());
    Seen seen = new Seen(limits);
    chores = new Chores(engines, limits, views, seen);
    posts = new Posts(engines, settings.reviewed(), parts, chores.fanout(), views);
    likes = new Likes(engines, parts);
    comments = new Comments(engines, blocks, parts);
    moderation = new Moderation(engines, parts, chores.fanout());
    timelines = new Timelines(engines.db(), parts, chores.rebuilding());
    recommending =
        new Recommending(
            engines.db(),
            parts,
            timelines,
            new Hottest(engines.clock(), limits),
            seen,
            new Snapshots(engines.clock(), engines.entropy()));
  }

  public Posts posts() {
    return posts;
  }

  public Likes likes() {
    return likes;
  }

  public Comments comments() {
    return comments;
  }

  public Moderation moderation() {
    return moderation;
  }

  public Timelines timelines() {
    return timelines;
  }

  public Recommending recommending() {
    return recommending;
  }

  /// The thread that fills timelines.
  public Heartbeat heartbeat() {
    return chores.heartbeat();
  }

  /// Writes what was counted. To be called before the store closes.
  @Override
  public void close() {
    chores.close();
  }
}
