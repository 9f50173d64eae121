package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
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
    "000000206674797071742020, mov",
    "00000020667479704d344120, m4a",
    "52494646ffffffff415649204c495354, avi",
    "464c5601, flv",
    "3026b2758e66cf11, wmv",
    "255044462d312e37, pdf",
    "504b0304, zip",
    "1f8b0800, gz",
    "377abcaf271c0004, 7z",
    "526172211a0700, rar",
    "e4bda0e5a5bd0a, txt",
    "fffa9000, mp3",
    "ffe348c4, mp3",
    "ffe248c4, mp3",
    "52494646ffffffff574156454a554e4b, wav",
    "52494646ffffffff5741564562657874, wav",
    "52494646ffffffff574542505650382058, webp",
    "000000206674797033677034, 3gp",
    "000000206674797061766331, mp4",
    "0000002066747970746573740000000069736f6d, mp4",
    "000000206674797041424344000000006d703432, mp4",
    "000000086d6f6f76, mov",
    "000000087769646500000100, mov",
    "000001006d646174, mov",
    "d0cf11e0a1b11ae1, ole",
    "425a683931415926, bz2",
    "fd377a585a00, xz",
    "c4e3bac3cac0bde7, txt",
    "fffe60597d59, txt",
    "feff4f60597d, txt",
    "1b2442464c30, txt",
    "c328, txt"
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
        "fff8ff00",
        "ffeb9000",
        "fffe00",
        "0000002066747970414243440000000058585858",
        "000000066d6f6f76",
        "52494646ffffffff4e4f4e45",
        "68690007"
      })
  void sniff_programsAndRubbish_areNotTaken(String hex) {
    assertNull(Formats.sniff(bytes(hex)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heic", "heix", "mif1", "avif", "avis", "crx ", "jp2 "})
  void sniff_picturesThatNobodyHereDecodes_areNoFilms(String brand) {
    byte[] head =
        ("\0\0\0\u0018ftyp" + brand + "\0\0\0\0mif1isom").getBytes(StandardCharsets.ISO_8859_1);
    Fault fault = assertThrows(Fault.class, () -> Formats.sniff(head));
    assertEquals(FaultCode.MALFORMED, fault.code());
    assertTrue(fault.text().contains("HEIC"), fault.text());
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
    Format cut = Formats.sniff(Arrays.copyOf(text, 4));
    assertNotNull(cut);
    assertEquals("text/plain", cut.type(), "a whole text that ends so is no UTF-8");
  }

  private static String extension(byte[] head) {
    Format format = Formats.sniff(head);
    return format == null ? "" : format.extension();
  }

  private static byte[] bytes(String hex) {
    return java.util.HexFormat.of().parseHex(hex);
  }
}
