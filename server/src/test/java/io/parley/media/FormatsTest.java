package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Formats told by their first bytes, given here as hex.
class FormatsTest {
  @ParameterizedTest
  @CsvSource({
    "ffd8ffe000104a46, jpg",
    "89504e470d0a1a0a, png",
    "474946383961, gif",
    "49443304, mp3",
    "fffb9064, mp3",
    "fff15080, aac",
    "4f676753, ogg",
    "664c6143, flac",
    "2321414d520a, amr",
    "52494646ffffffff57415645666d7420, wav",
    "000000206674797069736f6d, mp4",
    "0000002066747970717420, mov",
    "00000020667479704d344120, m4a",
    "52494646ffffffff415649204c495354, avi",
    "464c5601, flv",
    "3026b2758e66cf11, wmv",
    "255044462d312e37, pdf",
    "504b0304, zip",
    "1f8b0800, gz",
    "377abcaf271c0004, 7z",
    "526172211a0700, rar",
    "e4bda0e5a5bd0a, txt"
  })
  void sniff_firstBytes_tellTheFormat(String hex, String extension) {
    Format format = Formats.sniff(bytes(hex));
    assertNotNull(format);
    assertEquals(extension, format.extension());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7f454c46020101",
        "4d5a90000300",
        "cafebabe00000041",
        "00000000",
        "ff",
        "c328",
        "68690007"
      })
  void sniff_programsAndRubbish_areNotTaken(String hex) {
    assertNull(Formats.sniff(bytes(hex)));
  }

  @Test
  void sniff_webm_isSoundOnlyWithoutAPictureTrack() {
    String head = "\u001aE\u00df\u00a3....webm....";
    assertEquals("weba", extension((head + "A_OPUS").getBytes(StandardCharsets.ISO_8859_1)));
    assertEquals("webm", extension((head + "V_VP8 A_OPUS").getBytes(StandardCharsets.ISO_8859_1)));
    assertEquals(
        "mkv", extension("\u001aE\u00df\u00a3..matroska".getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void sniff_page_isPlainText() {
    assertEquals("txt", extension("<html><script>".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void sniff_headThatEndsInsideACharacter_isStillText() {
    byte[] text = "好".repeat(Formats.HEAD).getBytes(StandardCharsets.UTF_8);
    assertEquals("txt", extension(Arrays.copyOf(text, Formats.HEAD)));
    assertNull(Formats.sniff(Arrays.copyOf(text, 4)), "a whole text that ends so is none");
  }

  private static String extension(byte[] head) {
    Format format = Formats.sniff(head);
    return format == null ? "" : format.extension();
  }

  private static byte[] bytes(String hex) {
    return java.util.HexFormat.of().parseHex(hex);
  }
}
