package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.GrpcPerson;
import io.parley.harness.Outbox;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An address is taken and the password made up for by mail, in a browser.
class RecoveryBrowserTest {
  private static final String HOME = "nora@example.com";

  @TempDir private Path folder;
  private TestServer server;
  private Outbox outbox;
  private Person nora;

  @BeforeEach
  void sitDown() {
    server = TestServer.start(folder, Map.of());
    outbox = new Outbox(folder);
    GrpcPerson.register(server, "Nora").close();
    nora = Person.sitDown("Nora", server.url(), "en");
    nora.driver().get(server.url());
  }

  @AfterEach
  void standUp() {
    nora.close();
    server.close();
  }

  private void signIn(String password) {
    nora.find("nickname").sendKeys("Nora");
    nora.find("password").sendKeys(password);
    nora.click("submit");
    nora.find("new-chat");
  }

  @Test
  void address_isVerified_andThenSetsAForgottenPassword() throws IOException {
    signIn("secret1");
    nora.driver().get(server.url() + "/#me/email");
    nora.find("new-email").sendKeys(HOME);
    nora.click("send-code");
    nora.find("email-code-form");
    assertEquals(List.of(), nora.barriers());
    Looks.shoot(nora, "me-email");
    String link = outbox.await(1, HOME).part("(?:open|打开)[:：] ?(\\S+)");
    assertTrue(link.startsWith(server.url() + "/#me/email/"), link);
    nora.driver().get(link);
    nora.click("confirm-email");
    nora.until("the address", () -> nora.textOf("own-email").equals(HOME));
    assertTrue(nora.textOf("email-state").equals("Verified"));
    nora.signOut();

    nora.click("forgot");
    nora.find("forgot-name").sendKeys(HOME);
    assertEquals(List.of(), nora.barriers());
    nora.screenshot("recover-forgot");
    nora.click("send-link");
    nora.find("recovery-sent");
    nora.driver().get(outbox.await(2, HOME).part("(\\S+#recover:\\w+)"));
    nora.find("recover-form");
    nora.until("no token in the address bar", () -> !nora.driver().getCurrentUrl().contains("#"));
    assertEquals(List.of(), nora.barriers());
    nora.screenshot("recover-choose");
    nora.find("chosen").sendKeys("another horse 8");
    nora.find("repeated").sendKeys("another horse 8");
    nora.click("recover");
    nora.until("the notice", () -> nora.textOf("fault").startsWith("The password is set"));
    signIn("another horse 8");
    assertEquals(List.of(), nora.complaints());
  }
}
