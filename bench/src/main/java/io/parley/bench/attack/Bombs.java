package io.parley.bench.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/// Pictures that are small outside and large inside.
final class Bombs {
  private static final byte[] PNG = {(byte) 137, 'P', 'N', 'G', 13, 10, 26, 10};
  private static final int RGBA = 6;

  private Bombs() {}

  /// A PNG of that many pixels with four channels of 16 bits, all black: eight bytes a pixel when
  /// it is decoded, next to nothing as a file.
  static byte[] deepPng(int width, int height) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      byte[] row = new byte[1 + 8 * width];
      for (int y = 0; y < height; y++) {
        deflater.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] head =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) 16)
            .put((byte) RGBA)
            .array();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PNG);
    chunk(out, "IHDR", head);
    chunk(out, "IDAT", packed.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /// A progressive JPEG (ITU T.81) of one grey plane with so many scans that refine it and change
  /// nothing: each is walked over the whole picture.
  static byte[] manyScans(int side, int scans) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    marker(out, 0xD8);
    segment(out, 0xDB, quantization());
    segment(out, 0xC2, new byte[] {8, hi(side), lo(side), hi(side), lo(side), 1, 1, 0x11, 0});
    // One code of one bit, for the value 0: "no difference" in DC scans, "end of band" in AC scans.
    segment(out, 0xC4, oneCode(0x00));
    segment(out, 0xC4, oneCode(0x10));
    int blocks = ((side + 7) / 8) * ((side + 7) / 8);
    byte[] zeros = zeroBits(blocks);
    scan(out, zeros, 0, 0, 0x00);
    for (int i = 0; i < scans; i++) {
      scan(out, zeros, 1, 63, 0x00);
    }
    marker(out, 0xD9);
    return out.toByteArray();
  }

  private static void scan(
      ByteArrayOutputStream out, byte[] bits, int from, int to, int approximation) {
    segment(out, 0xDA, new byte[] {1, 1, 0, (byte) from, (byte) to, (byte) approximation});
    out.writeBytes(bits);
  }

  /// So many zero bits, the last byte filled with ones.
  private static byte[] zeroBits(int count) {
    byte[] bytes = new byte[(count + 7) / 8];
    if (count % 8 != 0) {
      bytes[bytes.length - 1] = (byte) ((1 << (8 - count % 8)) - 1);
    }
    return bytes;
  }

  private static byte[] quantization() {
    byte[] table = new byte[65];
    java.util.Arrays.fill(table, 1, 65, (byte) 1);
    return table;
  }

  private static byte[] oneCode(int classAndId) {
    byte[] table = new byte[18];
    table[0] = (byte) classAndId;
    table[1] = 1;
    return table;
  }

  private static void segment(ByteArrayOutputStream out, int marker, byte[] content) {
    marker(out, marker);
    out.write(hi(content.length + 2));
    out.write(lo(content.length + 2));
    out.writeBytes(content);
  }

  private static void marker(ByteArrayOutputStream out, int marker) {
    out.write(0xFF);
    out.write(marker);
  }

  private static byte hi(int value) {
    return (byte) (value >> 8);
  }

  private static byte lo(int value) {
    return (byte) value;
  }
}
