package io.parley.media;

/// How many scans a JPEG has. Each scan of a progressive one goes over the whole picture again, so
/// a small file of a thousand empty scans takes a thousand times as long as it looks. Source: ITU-T
/// T.81, B.1.
final class JpegScans {
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  private JpegScans() {}

  /// Scans up to the end of the image; what follows it (other pictures, a film) is not read.
  static int count(byte[] jpeg) {
    int scans = 0;
    int at = 2;
    while (at + 4 <= jpeg.length) {
      int marker = jpeg[at + 1] & 0xff;
      if ((jpeg[at] & 0xff) != 0xff || marker == 0xff) {
        at++;
        continue;
      }
      if (marker == END_OF_IMAGE) {
        break;
      }
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
        at += 2; // markers without a length
        continue;
      }
      int length = (jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff);
      at += 2 + Math.max(2, length);
      if (marker == START_OF_SCAN) {
        scans++;
        at = afterData(jpeg, at);
      }
    }
    return scans;
  }

  /// Where the next marker begins that is no part of a scan's data.
  private static int afterData(byte[] jpeg, int from) {
    int at = from;
    while (at + 1 < jpeg.length) {
      int next = jpeg[at + 1] & 0xff;
      boolean data = next == 0 || next == 0xff || (next >= 0xd0 && next <= 0xd7);
      if ((jpeg[at] & 0xff) == 0xff && !data) {
        return at;
      }
      at++;
    }
    return jpeg.length;
  }
}
