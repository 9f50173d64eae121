package io.parley.feed;

import io.parley.audit.Audit;
import io.parley.base.Heartbeat;
import io.parley.base.Limits;
import io.parley.base.SignedCursors;
import io.parley.feed.post.Comments;
import io.parley.feed.post.Likes;
import io.parley.feed.post.Moderation;
import io.parley.feed.post.Outbox;
import io.parley.feed.post.PostTexts;
import io.parley.feed.post.Posts;
import io.parley.feed.post.Views;
import io.parley.feed.ranking.Recommending;
import io.parley.feed.ranking.Seen;
import io.parley.feed.timeline.Timelines;
import io.parley.media.Media;
import io.parley.messaging.Blocks;
import io.parley.platform.Platform;
import io.parley.store.Scans;

/// The feed's services, joined.
public final class Feeds implements AutoCloseable {
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

  public Feeds(
      Platform platform, Audit audit, Settings settings, Blocks blocks, Media media, Scans scans) {
    Limits limits = settings.limits();
    SignedCursors cursors = new SignedCursors(settings.cursorKey());
    PostTexts texts = new PostTexts(scans);
    Views views = new Views(platform.clock());
    Seen seen = new Seen(limits);
    chores = new Chores(platform, limits, views, seen);
    Outbox outbox = new Outbox(chores::wake);
    boolean reviewed = settings.reviewed();
    posts = new Posts(platform, audit, reviewed, media, cursors, texts, limits, outbox, views);
    likes = new Likes(platform, cursors, limits);
    comments = new Comments(platform, audit, blocks, cursors, limits);
    moderation = new Moderation(platform, audit, cursors, limits, outbox);
    timelines = new Timelines(platform.db(), cursors, chores.rebuilding());
    recommending = new Recommending(platform, cursors, texts, limits, timelines, seen);
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
