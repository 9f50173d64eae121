package io.parley.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The words of `realtime.ChangePush.kind`, whichever contract carries them: clients know no
/// others.
class WireWordsTest {
  @Test
  void groupChanges_haveTheWordsOfTheProto() {
    assertEquals(
        Set.of("joined", "left", "updated", "dissolved"),
        Arrays.stream(GroupChange.values()).map(GroupChange::wire).collect(Collectors.toSet()));
  }

  @Test
  void notices_haveTheWordsOfTheProto() {
    assertEquals(
        Set.of(
            "friend request",
            "friend accepted",
            "friend removed",
            "feed posted",
            "feed liked",
            "feed commented",
            "feed judged",
            "group invited",
            "group uninvited",
            "group asked",
            "group answered"),
        Arrays.stream(NoticeKind.values())
            .map(kind -> kind.topic().wire() + " " + kind.wire())
            .collect(Collectors.toSet()));
  }
}
