package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Which addresses may be shown as links.
class UrlsTest {
  @Test
  void pathsAndHttp_areSafe() {
    for (String url :
        List.of(
            "",
            "/media/a.png",
            "a.png",
            "/a:b",
            "a/b:c",
            "http://e.example",
            "HTTPS://e.example/",
            "https:e",
            "?q=a/b:c")) {
      assertTrue(Urls.isSafe(url), url);
      Urls.requireSafe("url", url);
    }
  }

  @Test
  void everyOtherScheme_isRefused() {
    for (String url :
        List.of(
            "javascript:alert(1)",
            "JavaScript:alert(1)//http:",
            "\tjavascript:x",
            "data:text/html",
            ":",
            "vbscript:/x",
            "ftp://e.example",
            "httpx:",
            "java\nscript:x")) {
      assertFalse(Urls.isSafe(url), url);
      Fault fault = assertThrows(Fault.class, () -> Urls.requireSafe("avatar_url", url));
      assertEquals(FaultCode.INVALID_FIELD, fault.code());
      assertTrue(fault.text().startsWith("avatar_url: "), fault.text());
    }
  }
}
