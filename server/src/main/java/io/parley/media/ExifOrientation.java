package io.parley.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a camera says its JPEG must be turned: tag 0x0112 of the first directory in the APP1 "Exif"
/// segment, 1 … 8. Source: CIPA DC-008 (Exif 2.32), 4.6.4.
final class ExifOrientation {
  static final int UPRIGHT = 1;
  private static final int APP1 = 0xe1;
  private static final int START_OF_SCAN = 0xda;
  private static final int TAG = 0x0112;

  private ExifOrientation() {}

  /// 1 where nothing is said, or nothing that can be read.
  static int of(byte[] jpeg) {
    try {
      ByteBuffer in = ByteBuffer.wrap(jpeg);
      int at = 2;
      while (at + 4 < jpeg.length) {
        int marker = jpeg[at + 1] & 0xff;
        int length = in.getShort(at + 2) & 0xffff;
        if (marker == START_OF_SCAN) {
          break;
        }
        if (marker == APP1 && in.getInt(at + 4) == 0x45786966) {
          return inTiff(in.slice(at + 10, length - 8));
        }
        at += 2 + length;
      }
    } catch (IndexOutOfBoundsException e) {
      // A segment that promises more than there is: the picture is shown as it lies.
    }
    return UPRIGHT;
  }

  private static int inTiff(ByteBuffer tiff) {
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if ((tiff.getShort(entry) & 0xffff) == TAG) {
        int value = tiff.getShort(entry + 8) & 0xffff;
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
