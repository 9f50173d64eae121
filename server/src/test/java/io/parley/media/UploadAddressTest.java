package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UploadAddressTest {
  private static final String NAME = "0123456789abcdef".repeat(4) + ".png";
  private static final String PUBLIC = "https://chat.example.com";

  @Test
  void names_areFoundHoweverTheAddressIsSpelled() {
    for (String url :
        List.of(
            "/media/" + NAME,
            "/upload/" + NAME,
            "/front_end/upload/" + NAME,
            "/src/front_end/upload/" + NAME,
            "//chat.example.com/media/" + NAME,
            "http://localhost:8080/media/" + NAME,
            "HTTPS://CHAT.EXAMPLE.COM/media/" + NAME,
            "https://x@127.0.0.1/media/" + NAME + "?x=1#y",
            "/%6dedia/" + NAME,
            "/media/%30" + NAME.substring(1),
            "/media/%2530" + NAME.substring(1),
            "/media/./" + NAME,
            "/app/../media//" + NAME,
            "\\media\\" + NAME,
            "/media/" + NAME.replace(".", "%2e"),
            "/media/" + NAME.replace('a', 'A'))) {
      assertEquals(Set.of(NAME), UploadAddress.names(url), url);
    }
    assertEquals(
        2, UploadAddress.names("/media/" + NAME + "#/media/" + NAME.replace('1', '2')).size());
  }

  @Test
  void names_ofOtherThings_areNone() {
    for (String url :
        List.of(
            "",
            "https://elsewhere.example/sound.mp3",
            "/media/x.png",
            "/media/" + NAME.substring(1),
            "/media/a" + NAME,
            "/media/%",
            "/media/%zz" + NAME.substring(3))) {
      assertEquals(Set.of(), UploadAddress.names(url), url);
    }
  }

  @Test
  void folders_ofThisServer_areKnownByPathAndByPublicUrl() {
    for (String url :
        List.of(
            "/media/x",
            "/%75pload/x",
            "\\media\\x",
            PUBLIC + "/media/../x",
            PUBLIC + "/upload/x")) {
      assertTrue(UploadAddress.isInFolder(url, PUBLIC), url);
    }
    for (String url : List.of("", "/app/x", "https://elsewhere.example/media/x", "media/x")) {
      assertFalse(UploadAddress.isInFolder(url, PUBLIC), url);
    }
  }
}
