package io.parley.bus;

/// What accounts are told that is not part of a conversation.
public enum NoticeKind {
  /// Somebody wants to be a friend.
  FRIEND_REQUEST(Topic.FRIEND, "request"),
  FRIEND_ACCEPTED(Topic.FRIEND, "accepted"),
  FRIEND_REMOVED(Topic.FRIEND, "removed"),
  /// Somebody whom the account follows, or a friend, made a post.
  POSTED(Topic.FEED, "posted"),
  LIKED(Topic.FEED, "liked"),
  COMMENTED(Topic.FEED, "commented"),
  /// A moderator decided on a post of the account.
  JUDGED(Topic.FEED, "judged"),
  /// An invitation into a group came, or is answered or taken back.
  GROUP_INVITED(Topic.GROUP, "invited"),
  GROUP_UNINVITED(Topic.GROUP, "uninvited"),
  /// Somebody asks to come into a group: for those who lead it, and the one who asks.
  GROUP_ASKED(Topic.GROUP, "asked"),
  /// Such a request is answered or taken back.
  GROUP_ANSWERED(Topic.GROUP, "answered");

  /// What a notice is about.
  public enum Topic {
    FRIEND("friend"),
    FEED("feed"),
    GROUP("group");

    private final String wire;

    Topic(String wire) {
      this.wire = wire;
    }

    /// The word in the push's name, `push.friend`.
    public String wire() {
      return wire;
    }
  }

  private final Topic topic;
  private final String wire;

  NoticeKind(Topic topic, String wire) {
    this.topic = topic;
    this.wire = wire;
  }

  public Topic topic() {
    return topic;
  }

  /// The word on the wire; one of the topic's.
  public String wire() {
    return wire;
  }
}
