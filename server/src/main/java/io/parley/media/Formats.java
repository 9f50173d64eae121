package io.parley.media;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells a format by its first bytes. What a client calls its upload plays no part.
///
/// A list of our own, since what is in it is few and has to be told exactly: a common library for
/// thousands of formats called AVIF sequences, and MP4 of any brand but one, QuickTime.
///
/// Formats that a browser would run as a page (HTML, SVG) or a system as a program are not in the
/// list; text is served as plain text whatever it looks like.
final class Formats {
  /// How many first bytes [#sniff] wants.
  static final int HEAD = 4096;

  static final String ALLOWED =
      "JPEG, PNG, GIF, WebP; MP3, M4A, AAC, OGG, WAV, FLAC, AMR, WebM sound; MP4, 3GP, MOV, WebM,"
          + " MKV, AVI, FLV, WMV; PDF, ZIP and Office documents, GZIP, BZIP2, XZ, 7Z, RAR, text";

  /// The bytes that a format has at an offset, as ISO 8859-1.
  private record Magic(int at, String bytes, Format format) {}

  private static final Format TEXT =
      new Format(Format.Kind.FILE, "text/plain; charset=utf-8", "txt");
  private static final Format OTHER_TEXT = new Format(Format.Kind.FILE, "text/plain", "txt");

  private static final List<Magic> MAGIC =
      List.of(
          picture("\u00ff\u00d8\u00ff", "image/jpeg", "jpg"),
          picture("\u0089PNG\r\n\u001a\n", "image/png", "png"),
          picture("GIF8", "image/gif", "gif"),
          sound("ID3", "audio/mpeg", "mp3"),
          sound("OggS", "audio/ogg", "ogg"),
          sound("fLaC", "audio/flac", "flac"),
          sound("#!AMR", "audio/amr", "amr"),
          video("FLV\u0001", "video/x-flv", "flv"),
          video("0&\u00b2u\u008ef\u00cf\u0011", "video/x-ms-wmv", "wmv"),
          file("%PDF-", "application/pdf", "pdf"),
          file("PK\u0003\u0004", "application/zip", "zip"),
          file(
              "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1",
              "application/x-ole-storage",
              "ole"),
          file("\u001f\u008b\b", "application/gzip", "gz"),
          file("BZh", "application/x-bzip2", "bz2"),
          file("\u00fd7zXZ\0", "application/x-xz", "xz"),
          file("7z\u00bc\u00af'\u001c", "application/x-7z-compressed", "7z"),
          file("Rar!\u001a\u0007", "application/vnd.rar", "rar"));

  private Formats() {}

  /// @param head the first bytes, [#HEAD] of them where there are so many
  /// @return null for a format that is not taken in
  /// @throws Fault MALFORMED for a picture that is known and cannot be decoded here
  static @Nullable Format sniff(byte[] head) {
    for (Magic magic : MAGIC) {
      if (startsWith(head, magic.at(), magic.bytes())) {
        return magic.format();
      }
    }
    if (startsWith(head, 0, "RIFF")) {
      return riff(head);
    }
    if (startsWith(head, 0, "\u001aE\u00df\u00a3")) {
      return matroska(head);
    }
    if (IsoMedia.is(head)) {
      return IsoMedia.format(head);
    }
    // Before sound: a byte order mark looks like the header of a frame, too.
    if (isUtf16(head)) {
      return OTHER_TEXT;
    }
    Format mpeg = mpegAudio(head);
    return mpeg != null ? mpeg : text(head);
  }

  /// The form type says what it is; which chunk comes first says nothing.
  private static @Nullable Format riff(byte[] head) {
    if (startsWith(head, 8, "WAVE")) {
      return new Format(Format.Kind.SOUND, "audio/wav", "wav");
    }
    if (startsWith(head, 8, "AVI ")) {
      return new Format(Format.Kind.VIDEO, "video/x-msvideo", "avi");
    }
    return startsWith(head, 8, "WEBP")
        ? new Format(Format.Kind.PICTURE, "image/webp", "webp")
        : null;
  }

  /// The header of a frame, every field of it that has values which cannot be. Source: ISO 11172-3,
  /// 2.4.1.3; ISO 13818-7 for the frames with layer 0, which are AAC's.
  private static @Nullable Format mpegAudio(byte[] head) {
    if (head.length < 4 || (head[0] & 0xff) != 0xff || (head[1] & 0xe0) != 0xe0) {
      return null;
    }
    int version = head[1] >> 3 & 3;
    int layer = head[1] >> 1 & 3;
    if (layer == 0) {
      boolean adts = (head[1] & 0xf0) == 0xf0 && (head[2] >> 2 & 15) < 13;
      return adts ? new Format(Format.Kind.SOUND, "audio/aac", "aac") : null;
    }
    int rate = head[2] >> 4 & 15;
    int frequency = head[2] >> 2 & 3;
    return version == 1 || rate == 15 || frequency == 3
        ? null
        : new Format(Format.Kind.SOUND, "audio/mpeg", "mp3");
  }

  /// EBML: the document type says which of two, its tracks whether there is a picture.
  private static Format matroska(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (!text.contains("webm")) {
      return new Format(Format.Kind.VIDEO, "video/x-matroska", "mkv");
    }
    boolean video = text.contains("V_VP8") || text.contains("V_VP9") || text.contains("V_AV1");
    boolean sound = text.contains("A_OPUS") || text.contains("A_VORBIS");
    return sound && !video
        ? new Format(Format.Kind.SOUND, "audio/webm", "weba")
        : new Format(Format.Kind.VIDEO, "video/webm", "webm");
  }

  /// A byte order mark, and no control characters after it.
  private static boolean isUtf16(byte[] head) {
    boolean little = startsWith(head, 0, "\u00ff\u00fe");
    if (head.length % 2 != 0 || !(little || startsWith(head, 0, "\u00fe\u00ff"))) {
      return false;
    }
    String text = new String(head, little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
    return text.chars().allMatch(Formats::isTextual) && text.indexOf('\ufffd') < 0;
  }

  private static boolean isTextual(int c) {
    return c >= ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x1b;
  }

  /// Text has no control characters but those that set lines and, in Japanese mail, change the
  /// character set. UTF-8 is called so; what else there is (GBK, Shift JIS, Latin-1) is a file of
  /// text that whoever reads it knows how to read.
  private static @Nullable Format text(byte[] head) {
    if (head.length == 0) {
      return null;
    }
    for (byte each : head) {
      if (!isTextual(each & 0xff)) {
        return null;
      }
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    // The head may end inside a character.
    CoderResult result =
        decoder.decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length), head.length < HEAD);
    return result.isError() ? OTHER_TEXT : TEXT;
  }

  private static boolean startsWith(byte[] head, int at, String bytes) {
    byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
    return head.length >= at + wanted.length
        && Arrays.equals(head, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static Magic picture(String bytes, String type, String extension) {
    return new Magic(0, bytes, new Format(Format.Kind.PICTURE, type, extension));
  }

  private static Magic sound(String bytes, String type, String extension) {
    return new Magic(0, bytes, new Format(Format.Kind.SOUND, type, extension));
  }

  private static Magic video(String bytes, String type, String extension) {
    return new Magic(0, bytes, new Format(Format.Kind.VIDEO, type, extension));
  }

  private static Magic file(String bytes, String type, String extension) {
    return new Magic(0, bytes, new Format(Format.Kind.FILE, type, extension));
  }
}
