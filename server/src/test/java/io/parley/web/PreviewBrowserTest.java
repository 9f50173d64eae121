package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.hash.Hashing;
import io.parley.harness.TestServer;
import io.parley.harness.TestStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The card of a link below a message, of a page that this server knows already.
class PreviewBrowserTest extends TwoPeople {
  private static final String LINK = "https://www.example.org/article";

  @Override
  TestServer serve(Path data) {
    return TestServer.start(data, Map.of("previews.enabled", "true"));
  }

  private static void keep(String link, int width, int height) throws SQLException, IOException {
    Path picture = Pictures.shaded(folder, width, height, width);
    try (Connection store = TestStore.connect(data());
        PreparedStatement insert =
            store.prepareStatement(
                "INSERT INTO link_preview (link_key, url, title, description, site, image,"
                    + " image_type, width, height, made_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?,"
                    + " ?, ?, 0, ?)")) {
      String key = Hashing.sha256().hashString(link, StandardCharsets.UTF_8).toString();
      insert.setString(1, key);
      insert.setString(2, link);
      insert.setString(3, "How to cross a river <script>alert(1)</script>");
      insert.setString(4, "Stones, rafts and bridges, and what each is good for in which season.");
      insert.setString(5, "The Walker");
      insert.setString(6, Base64.getEncoder().encodeToString(Files.readAllBytes(picture)));
      insert.setString(7, "image/png");
      insert.setInt(8, width);
      insert.setInt(9, height);
      insert.setLong(10, Long.MAX_VALUE);
      insert.executeUpdate();
    }
  }

  @Test
  void theCard_isBelowTheText_forBoth_unlessSwitchedOff() throws Exception {
    keep(LINK, 240, 120);
    keep(LINK + "/2", 120, 120);
    mira.startChatWith(lei);
    mira.say("Look at " + LINK + " **please**");
    mira.say(LINK + "/2");
    lei.openChatWith(mira);
    for (Person each : List.of(mira, lei)) {
      each.until("cards", () -> each.all("[data-testid=preview-card]").size() == 2);
      assertEquals(LINK, each.all("[data-testid=preview-card]").getFirst().getDomAttribute("href"));
      each.awaitText("Look at " + LINK + " please");
      assertEquals(List.of(), each.barriers());
    }
    Looks.shoot(mira, "preview");
    Looks.shoot(lei, "preview-zh");
    mira.visit("me/looks");
    mira.click("previews");
    Looks.shoot(mira, "preview-setting");
    mira.visit("user:" + lei.account().id());
    mira.awaitText(LINK + "/2");
    assertEquals(List.of(), mira.all("[data-testid=preview-card]"));
    assertNoComplaints();
  }
}
