package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The client goes by what the operator has configured.
class ClientLimitsTest extends TwoPeople {
  @Override
  TestServer serve(Path data) {
    return TestServer.start(
        data,
        Map.of(
            "limits.text_code_points_max", "12",
            "limits.post_code_points_max", "20",
            "limits.post_images_max", "1",
            "limits.image_bytes_max", "2000",
            "limits.file_bytes_max", "3000",
            "limits.password_chars_min", "11"));
  }

  @Test
  void composer_countsWhatIsTooMuch_andSendsNothingOfIt() {
    mira.startChatWith(lei);
    mira.find("composer").sendKeys("twelve chars and five");
    mira.until("the excess", () -> mira.textOf("composer-problem").contains("9"));
    mira.find("composer").clear();
    mira.say("just twelve!");
    mira.awaitTexts(List.of("just twelve!"));
    assertNoComplaints();
  }

  @Test
  void filesThatAreTooLarge_areSaidToBe_beforeTheyAreSent() throws IOException {
    Path file = Files.writeString(folder.resolve("large.txt"), "x".repeat(3001));
    mira.startChatWith(lei);
    new ChatSteps(mira).pick("file-any", List.of(file));
    mira.until("too large", () -> mira.textOf("offered-file").contains("Larger than 2.9 KB."));
    assertNoComplaints();
  }

  @Test
  void post_mayHaveAsManyPicturesAndCharacters_asAreConfigured() throws IOException {
    SocialSteps miras = new SocialSteps(mira);
    miras.visit("feed");
    miras.type("post-field", "twenty-one characters");
    mira.until("no way to post", () -> !mira.find("post-button").isEnabled());
    miras.pickFile(
        "attach", Pictures.shaded(folder, 20, 20, 1), Pictures.shaded(folder, 20, 20, 2));
    miras.awaitText("post-fault", "A post has one picture at most.");
    assertNoComplaints();
  }

  @Test
  void newcomer_isTold_howLongAPasswordHasToBe() {
    try (Person kim = Person.sitDown("Kim", server.url(), "en")) {
      kim.driver().get(server.url());
      kim.click("register");
      kim.until("the rule", () -> kim.pageText().contains("At least 11 characters"));
      assertEquals("11", kim.find("password").getDomAttribute("minlength"));
    }
  }
}
