package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.GrpcPerson;
import io.parley.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the web client asks for between the password and the chats.
class SignInBrowserTest {
  @TempDir private Path folder;
  private TestServer server;
  private Person rita;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    GrpcPerson.register(server, "Rita").close();
    rita = Person.sitDown("Rita", server.url(), "en");
  }

  @AfterEach
  void stop() {
    rita.close();
    server.close();
  }

  private void signIn(String password) {
    rita.driver().get(server.url());
    rita.find("nickname").sendKeys("Rita");
    rita.find("password").sendKeys(password);
    rita.click("submit");
  }

  @Test
  void passwordThatAnOperatorSet_isReplacedFirst() throws IOException {
    assertEquals(
        0, TestServer.command(folder, "account", "passwd", "Rita", "--password", "given 42"));
    signIn("given 42");
    rita.find("choose-form");
    assertEquals(List.of(), rita.barriers());
    rita.screenshot("sign-in-choose");
    rita.click("language");
    rita.until("Chinese", () -> rita.pageLanguage().equals("zh-CN"));
    rita.screenshot("sign-in-choose-zh");
    rita.click("language");
    choose("chosen 42", "chosen 43");
    rita.until("the refusal", () -> rita.textOf("fault").equals("The two are not the same."));
    rita.find("chosen").clear();
    rita.find("repeated").clear();
    choose("chosen 42", "chosen 42");
    rita.find("new-chat");
    assertEquals(List.of(), rita.complaints());
    GrpcPerson.login(server, "Rita", "chosen 42").close();
  }

  private void choose(String password, String repeated) {
    rita.find("chosen").sendKeys(password);
    rita.find("repeated").sendKeys(repeated);
    rita.click("choose");
  }
}
