package io.parley.media;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The family of MP4 and QuickTime: boxes with a length and a name of four letters. Most files
/// begin with `ftyp`, whose brands say what they are: pictures, sound and films look alike up to
/// there. Older QuickTime files begin with another box. Source: ISO 14496-12, 4.3; the brands
/// registered at mp4ra.org.
final class IsoMedia {
  private static final Set<String> QUICKTIME_BOXES =
      Set.of("moov", "mdat", "wide", "free", "skip", "pnot");
  private static final List<String> PICTURES =
      List.of(
          "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "miaf",
          "msf1", "avif", "avis", "avio", "jp2 ", "jpx ", "jpm ", "jxl ", "crx ");
  private static final List<String> FILMS =
      List.of(
          "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42",
          "mp71", "avc1", "hvc1", "hev1", "av01", "dash", "dby1", "M4V ", "M4VH", "M4VP", "MSNV",
          "f4v ", "F4V ", "mmp4", "NDSC", "NDSH", "NDSM", "NDSP", "NDSS", "NDXC", "NDXH", "NDXM",
          "NDXP", "NDXS", "XAVC", "CAEP", "niko", "cmfc", "cmfs", "cmff", "iphe");
  private static final List<String> SOUND = List.of("M4A ", "M4B ", "M4P ", "F4A ", "F4B ");
  private static final int BRANDS_MAX = 64;

  private IsoMedia() {}

  /// Whether it begins with a box of the family.
  static boolean is(byte[] head) {
    return head.length >= 8
        && (box(head).equals("ftyp") || QUICKTIME_BOXES.contains(box(head)))
        && (size(head) >= 8 || size(head) == 1);
  }

  /// @return null for a brand that nobody here knows
  /// @throws Fault MALFORMED for pictures: no decoder of these is at hand, and nothing is served
  ///     that was not decoded
  static @Nullable Format format(byte[] head) {
    if (!box(head).equals("ftyp")) {
      return new Format(Format.Kind.VIDEO, "video/quicktime", "mov");
    }
    // The major brand decides; where it is not known, the first that is known of those that the
    // file says it is compatible with.
    int end = (int) Math.min(head.length, Math.min(size(head), 16 + 4L * BRANDS_MAX));
    for (int at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) {
      Format format = of(text(head, at));
      if (format != null) {
        return format;
      }
    }
    return null;
  }

  private static @Nullable Format of(String brand) {
    if (PICTURES.contains(brand)) {
      throw Fault.of(
          FaultCode.MALFORMED,
          "HEIC, AVIF and the like cannot be decoded here: send the picture as JPEG, PNG or WebP");
    }
    if (SOUND.contains(brand)) {
      return new Format(Format.Kind.SOUND, "audio/mp4", "m4a");
    }
    if (brand.startsWith("3g") && !brand.startsWith("3gh")) {
      return new Format(Format.Kind.VIDEO, "video/3gpp", "3gp");
    }
    if (brand.equals("qt  ")) {
      return new Format(Format.Kind.VIDEO, "video/quicktime", "mov");
    }
    return FILMS.contains(brand) ? new Format(Format.Kind.VIDEO, "video/mp4", "mp4") : null;
  }

  private static long size(byte[] head) {
    return (head[0] & 0xffL) << 24
        | (head[1] & 0xffL) << 16
        | (head[2] & 0xffL) << 8
        | (head[3] & 0xffL);
  }

  private static String box(byte[] head) {
    return text(head, 4);
  }

  private static String text(byte[] head, int at) {
    return new String(Arrays.copyOfRange(head, at, at + 4), StandardCharsets.ISO_8859_1);
  }
}
