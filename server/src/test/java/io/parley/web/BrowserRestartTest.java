package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two people in real browsers while their server dies and comes back.
class BrowserRestartTest {
  @TempDir private Path folder;

  @Test
  void serverKilledWhileTheyTalk_losesAndDoublesNothing() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder);
        Person mira = Person.sitDown("Mira", server.url(), "en");
        Person lei = Person.sitDown("李雷", server.url(), "zh-CN")) {
      mira.register();
      lei.register();
      mira.startChatWith(lei);
      mira.say("before 0");
      lei.openChatWith(mira);
      lei.awaitText("before 0");
      List<String> said = new ArrayList<>(List.of("before 0"));
      for (int i = 1; i <= 10; i++) {
        said.add("before " + i);
        mira.say("before " + i);
      }
      server.kill();
      mira.awaitConnection("waiting");
      for (int i = 1; i <= 5; i++) {
        said.add("while away " + i);
        mira.say("while away " + i);
      }
      server.restart();
      lei.awaitTexts(said);
      lei.awaitSeqs(said.size());
      mira.awaitTexts(said);
      mira.awaitAllSent();
      lei.say("still here");
      mira.awaitText("still here");
      // That the server could not be reached is what the browsers should have said, and all.
      assertEquals(List.of(), others(mira));
      assertEquals(List.of(), others(lei));
      mira.screenshot("restart-en");
      lei.screenshot("restart-zh");
    }
  }

  private static List<String> others(Person person) {
    return person.complaints().stream().filter(line -> !line.contains("WebSocket")).toList();
  }
}
