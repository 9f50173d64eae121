package io.parley.realtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One push for the connections of one lane that it concerns.
final class Parcel implements Lane.Work {
  private static final Logger log = LoggerFactory.getLogger(Parcel.class);

  private final Delivery delivery;
  private final Frames frames;
  private final Connection[] targets;

  Parcel(Delivery delivery, Frames frames, Connection[] targets) {
    this.delivery = delivery;
    this.frames = frames;
    this.targets = targets;
  }

  @Override
  public int run() {
    try {
      for (Connection target : targets) {
        push(target);
      }
    } finally {
      frames.release();
    }
    return targets.length;
  }

  private void push(Connection target) {
    try {
      delivery.push(target, frames);
    } catch (RuntimeException | Error e) {
      // One push is lost here, so the connection must not see a later one: its device pulls when it
      // is back.
      log.error("a push to {} failed", target, e);
      giveUp(target);
    }
  }

  private void giveUp(Connection target) {
    try {
      delivery.giveUp(target);
    } catch (RuntimeException | Error e) {
      log.error("{} could not be told that it is cut", target, e);
    }
  }

  @Override
  public void discard() {
    frames.release();
  }
}
