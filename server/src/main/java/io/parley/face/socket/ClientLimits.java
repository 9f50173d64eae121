package io.parley.face.socket;

import io.parley.base.Limits;

/// The part of the [Limits] that a client is told: what it checks before it sends.
final class ClientLimits {
  private ClientLimits() {}

  static io.parley.api.realtime.Limits of(Limits limits) {
    return io.parley.api.realtime.Limits.newBuilder()
        .setTextChars(limits.textCodePointsMax())
        .setPostChars(limits.postCodePointsMax())
        .setPostImages(limits.postImagesMax())
        .setCommentChars(limits.commentCodePointsMax())
        .setMentions(limits.mentionsMax())
        .setNicknameChars(limits.nicknameCodePointsMax())
        .setPasswordCharsMin(limits.passwordCharsMin())
        .setPasswordChars(limits.passwordCharsMax())
        .setImageBytes(limits.imageBytesMax())
        .setFileBytes(limits.fileBytesMax())
        .setGroupMembers(limits.groupMembersMax())
        .setRecallWindowS(limits.recallWindowS())
        .setEditWindowS(limits.editWindowS())
        .build();
  }
}
