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
/// Formats that a browser would run as a page (HTML, SVG) or a system as a program are not in the
/// list; text is served as plain text whatever it looks like.
final class Formats {
  /// How many first bytes [#sniff] wants.
  static final int HEAD = 4096;

  static final String ALLOWED =
      "JPEG, PNG, GIF; MP3, M4A, AAC, OGG, WAV, FLAC, AMR, WebM sound; MP4, MOV, WebM, MKV, AVI, FLV,"
          + " WMV; PDF, ZIP and Office documents, GZIP, 7Z, RAR, plain UTF-8 text";

  /// The bytes that a format has at an offset, as ISO 8859-1.
  private record Magic(int at, String bytes, Format format) {}

  private static final Format MP4 = new Format(Format.Kind.VIDEO, "video/mp4", "mp4");
  private static final Format TEXT =
      new Format(Format.Kind.FILE, "text/plain; charset=utf-8", "txt");

  private static final List<Magic> MAGIC =
      List.of(
          picture("\u00ff\u00d8\u00ff", "image/jpeg", "jpg"),
          picture("\u0089PNG\r\n\u001a\n", "image/png", "png"),
          picture("GIF8", "image/gif", "gif"),
          sound(0, "ID3", "audio/mpeg", "mp3"),
          sound(0, "\u00ff\u00fb", "audio/mpeg", "mp3"),
          sound(0, "\u00ff\u00f3", "audio/mpeg", "mp3"),
          sound(0, "\u00ff\u00f2", "audio/mpeg", "mp3"),
          sound(0, "\u00ff\u00f1", "audio/aac", "aac"),
          sound(0, "\u00ff\u00f9", "audio/aac", "aac"),
          sound(0, "OggS", "audio/ogg", "ogg"),
          sound(0, "fLaC", "audio/flac", "flac"),
          sound(0, "#!AMR", "audio/amr", "amr"),
          sound(8, "WAVEfmt", "audio/wav", "wav"),
          sound(4, "ftypM4A", "audio/mp4", "m4a"),
          video(4, "ftypqt", "video/quicktime", "mov"),
          new Magic(4, "ftyp", MP4),
          video(8, "AVI LIST", "video/x-msvideo", "avi"),
          video(0, "FLV\u0001", "video/x-flv", "flv"),
          video(0, "0&\u00b2u\u008ef\u00cf\u0011", "video/x-ms-wmv", "wmv"),
          file("%PDF-", "application/pdf", "pdf"),
          file("PK\u0003\u0004", "application/zip", "zip"),
          file("\u001f\u008b\b", "application/gzip", "gz"),
          file("7z\u00bc\u00af'\u001c", "application/x-7z-compressed", "7z"),
          file("Rar!\u001a\u0007", "application/vnd.rar", "rar"));

  private Formats() {}

  /// @param head the first bytes, [#HEAD] of them where there are so many
  /// @return null for a format that is not taken in
  static @Nullable Format sniff(byte[] head) {
    for (Magic magic : MAGIC) {
      if (matches(head, magic)) {
        return magic.format();
      }
    }
    if (startsWith(head, 0, "\u001aE\u00df\u00a3")) {
      return matroska(head);
    }
    return isText(head) ? TEXT : null;
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

  /// UTF-8 without control characters but tabs and line ends. The head may end inside a character.
  private static boolean isText(byte[] head) {
    if (head.length == 0) {
      return false;
    }
    for (byte each : head) {
      int c = each & 0xff;
      if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') {
        return false;
      }
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result =
        decoder.decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length), head.length < HEAD);
    return !result.isError();
  }

  private static boolean matches(byte[] head, Magic magic) {
    return startsWith(head, magic.at(), magic.bytes());
  }

  private static boolean startsWith(byte[] head, int at, String bytes) {
    byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
    return head.length >= at + wanted.length
        && Arrays.equals(head, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static Magic picture(String bytes, String type, String extension) {
    return new Magic(0, bytes, new Format(Format.Kind.PICTURE, type, extension));
  }

  private static Magic sound(int at, String bytes, String type, String extension) {
    return new Magic(at, bytes, new Format(Format.Kind.SOUND, type, extension));
  }

  private static Magic video(int at, String bytes, String type, String extension) {
    return new Magic(at, bytes, new Format(Format.Kind.VIDEO, type, extension));
  }

  private static Magic file(String bytes, String type, String extension) {
    return new Magic(0, bytes, new Format(Format.Kind.FILE, type, extension));
  }
}
