package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final int PIXELS_MAX = 1_000_000;

  @Test
  void png_isEncodedAnewWithItsTransparency() throws IOException {
    BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(3, 4, 0x80ff0000);
    byte[] padded = concat(encode(image, "png"), "<script>alert(1)</script>");
    Picture picture = Pictures.clean(padded, PIXELS_MAX);
    assertEquals("image/png", picture.type());
    assertEquals(30, picture.width());
    assertEquals(20, picture.height());
    assertFalse(new String(picture.bytes(), StandardCharsets.ISO_8859_1).contains("script"));
    assertEquals(0x80ff0000, decode(picture).getRGB(3, 4));
  }

  @Test
  void jpeg_losesItsMetadataAndStandsUpright() throws IOException {
    // Red in the left half; orientation 6 says: turn clockwise, so red ends on top.
    byte[] turned = withExif(encode(halves(40, 20), "jpeg"), 6);
    Picture picture = Pictures.clean(turned, PIXELS_MAX);
    assertEquals(20, picture.width());
    assertEquals(40, picture.height());
    BufferedImage image = decode(picture);
    assertTrue(isRed(image.getRGB(10, 5)) && !isRed(image.getRGB(10, 35)));
    assertFalse(new String(picture.bytes(), StandardCharsets.ISO_8859_1).contains("Exif"));
  }

  @Test
  void jpeg_ofEachOrientation_keepsRedWhereTheCameraSawIt() throws IOException {
    // Where the left (red) half of the stored picture belongs, by orientation 1 … 8.
    String[] sides = {"left", "right", "right", "left", "top", "top", "bottom", "bottom"};
    for (int orientation = 1; orientation <= 8; orientation++) {
      BufferedImage image =
          decode(Pictures.clean(withExif(encode(halves(40, 20), "jpeg"), orientation), PIXELS_MAX));
      int w = image.getWidth();
      int h = image.getHeight();
      int red =
          switch (sides[orientation - 1]) {
            case "left" -> image.getRGB(2, h / 2);
            case "right" -> image.getRGB(w - 3, h / 2);
            case "top" -> image.getRGB(w / 2, 2);
            default -> image.getRGB(w / 2, h - 3);
          };
      assertTrue(isRed(red), "orientation " + orientation);
    }
  }

  @Test
  void gif_becomesAPng() throws IOException {
    Picture picture = Pictures.clean(encode(halves(10, 10), "gif"), PIXELS_MAX);
    assertEquals("image/png", picture.type());
  }

  @Test
  void tooManyPixels_areRefusedBeforeDecoding() throws IOException {
    byte[] png = encode(halves(10, 10), "png");
    // The header claims 60,000 × 60,000: decoding it would take 14 GB.
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    Fault fault = assertThrows(Fault.class, () -> Pictures.clean(png, PIXELS_MAX));
    assertEquals(FaultCode.TOO_LARGE, fault.code());
    assertTrue(fault.text().contains("image_pixels_max"));
  }

  @Test
  void whatIsNoPicture_isRefused() throws IOException {
    byte[] png = encode(halves(50, 50), "png");
    for (byte[] bytes :
        new byte[][] {
          {},
          "hello".getBytes(StandardCharsets.UTF_8),
          "<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8),
          {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 0},
          Arrays.copyOf(png, 40),
          "GIF89a".concat("\0".repeat(30)).getBytes(StandardCharsets.ISO_8859_1)
        }) {
      Fault fault = assertThrows(Fault.class, () -> Pictures.clean(bytes, PIXELS_MAX));
      assertEquals(FaultCode.MALFORMED, fault.code());
    }
  }

  private static BufferedImage halves(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width / 2, height);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(width / 2, 0, width - width / 2, height);
    graphics.dispose();
    return image;
  }

  private static boolean isRed(int rgb) {
    return (rgb >> 16 & 0xff) > 128 && (rgb & 0xff) < 128;
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  private static BufferedImage decode(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.bytes()));
  }

  private static byte[] concat(byte[] bytes, String tail) {
    byte[] more = tail.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, all, bytes.length, more.length);
    return all;
  }

  /// Puts an APP1 Exif segment with one orientation entry, big-endian, after the start of image.
  private static byte[] withExif(byte[] jpeg, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xffe1).putShort((short) 34);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    exif.putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0);
    exif.putInt(0);
    ByteBuffer all = ByteBuffer.allocate(jpeg.length + 36);
    all.put(jpeg, 0, 2).put(exif.array()).put(jpeg, 2, jpeg.length - 2);
    return all.array();
  }
}
