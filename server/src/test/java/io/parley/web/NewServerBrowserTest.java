package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The form of a server that nobody was ever registered on, and that takes new accounts by invite.
class NewServerBrowserTest {
  @TempDir private static Path folder;

  @Test
  void form_saysThatTheServerIsNew_andHowToComeIn() throws Exception {
    try (TestServer server =
            TestServer.start(folder.resolve("data"), Map.of("security.registration", "invite"));
        Person cat = Person.sitDown("Cat", server.url(), "zh-CN")) {
      cat.driver().get(server.url());
      cat.until("how to come in", () -> cat.textOf("no-register").contains("凭邀请注册"));
      assertTrue(cat.textOf("new-server").contains("./parley account grant"));
      assertEquals(List.of(), cat.all("[data-testid=register]"));
      assertEquals(List.of(), cat.barriers());
      Looks.shoot(cat, "new-server");
      assertEquals(List.of(), cat.complaints());
    }
  }
}
