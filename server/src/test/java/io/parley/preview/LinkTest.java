package io.parley.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Links as people type them.
class LinkTest {
  @ParameterizedTest
  @CsvSource({
    "http://a.example, http://a.example",
    "HTTPS://A.example/x?y=1#part, https://A.example/x?y=1",
    "www.a.example/ü, https://www.a.example/%C3%BC",
    "https://bücher.example/你好, https://xn--bcher-kva.example/%E4%BD%A0%E5%A5%BD",
    "https://a.example/{x}|y, https://a.example/%7Bx%7D%7Cy",
    "https://a.example:8443/, https://a.example:8443/"
  })
  void aLink_isAnAddress(String link, String address) {
    assertEquals(URI.create(address), Link.parse(link));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "a.example",
        "https://user@a.example/",
        "https://a.example@b.example/",
        "https://a.example\\@b.example",
        "https:///x",
        "https://a b.example/",
        "gopher://a.example",
        "https://%31.example/",
        ""
      })
  void anythingElse_isNone(String link) {
    assertNull(Link.parse(link));
  }

  @ParameterizedTest
  @CsvSource({
    "/b, https://a.example/b",
    "b?c d, https://a.example/x/b?c%20d",
    "//b.example/, https://b.example/",
    "http://b.example/, http://b.example/"
  })
  void aRedirect_isSeenFromWhereItStands(String location, String address) {
    assertEquals(URI.create(address), Link.resolve(URI.create("https://a.example/x/y"), location));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "data:text/html,x", "https://u:p@b.example/", ":"})
  void aRedirectElsewhere_leadsNowhere(String location) {
    assertNull(Link.resolve(URI.create("https://a.example/x/y"), location));
  }
}
