package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final int PIXELS_MAX = 1_000_000;
  private static final AccountId ANN = new AccountId(1);
  private static final Decoders DECODERS =
      new Decoders(new Decoders.Bounds(1, 64 << 20, 8, 8, Duration.ofSeconds(60)));

  private static Picture clean(byte[] bytes, int pixelsMax) {
    return DECODERS.run(ANN, new Cleaning(() -> bytes, pixelsMax));
  }

  @Test
  void png_isEncodedAnewWithItsTransparency() throws IOException {
    BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(3, 4, 0x80ff0000);
    byte[] padded = concat(encode(image, "png"), "<script>alert(1)</script>");
    Picture picture = clean(padded, PIXELS_MAX);
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
    Picture picture = clean(turned, PIXELS_MAX);
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
          decode(clean(withExif(encode(halves(40, 20), "jpeg"), orientation), PIXELS_MAX));
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
  void jpeg_ofAPrintShop_keepsItsColours() throws IOException {
    for (String name : new String[] {"red", "blue", "grey"}) {
      Color wanted =
          switch (name) {
            case "red" -> new Color(220, 30, 30);
            case "blue" -> new Color(30, 40, 210);
            default -> new Color(64, 64, 64);
          };
      try (InputStream in =
          PicturesTest.class.getResourceAsStream("/media/cmyk-" + name + ".jpg")) {
        Color got =
            new Color(
                decode(clean(Objects.requireNonNull(in).readAllBytes(), PIXELS_MAX))
                    .getRGB(30, 30));
        int off =
            Math.max(
                Math.abs(got.getRed() - wanted.getRed()),
                Math.max(
                    Math.abs(got.getGreen() - wanted.getGreen()),
                    Math.abs(got.getBlue() - wanted.getBlue())));
        assertTrue(off <= 12, name + " became " + got);
      }
    }
  }

  @Test
  void webp_becomesAJpeg_andKeepsItsTransparencyAsPng() throws IOException {
    for (String name : new String[] {"opaque", "clear"}) {
      try (InputStream in = PicturesTest.class.getResourceAsStream("/media/" + name + ".webp")) {
        Picture picture = clean(Objects.requireNonNull(in).readAllBytes(), PIXELS_MAX);
        assertEquals(name.equals("opaque") ? "image/jpeg" : "image/png", picture.type());
        BufferedImage image = decode(picture);
        assertEquals(48, image.getWidth());
        assertEquals(name.equals("opaque") ? 255 : 0, image.getRGB(2, 2) >>> 24);
        assertTrue(isRed(image.getRGB(24, 24)));
      }
    }
  }

  @Test
  void gif_thatMoves_keepsFramesTimesAndLoop_andLosesWhatIsHiddenInIt() throws IOException {
    byte[] gif;
    try (InputStream in = PicturesTest.class.getResourceAsStream("/media/moving.gif")) {
      gif = Objects.requireNonNull(in).readAllBytes();
    }
    assertTrue(new String(gif, StandardCharsets.ISO_8859_1).contains("a comment in it"));
    Picture picture = clean(concat(gif, "<script>"), PIXELS_MAX);
    assertEquals("image/gif", picture.type());
    String text = new String(picture.bytes(), StandardCharsets.ISO_8859_1);
    assertFalse(text.contains("comment") || text.contains("<script>"));
    assertTrue(text.contains("NETSCAPE2.0"));
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(picture.bytes())));
    assertEquals(3, reader.getNumImages(true));
    for (int i = 0; i < 3; i++) {
      IIOMetadataNode frame =
          (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
      IIOMetadataNode control =
          (IIOMetadataNode) frame.getElementsByTagName("GraphicControlExtension").item(0);
      assertEquals(Integer.toString(7 + i), control.getAttribute("delayTime"));
    }
    assertEquals(
        ImageIO.read(new ByteArrayInputStream(gif)).getRGB(5, 5), reader.read(0).getRGB(5, 5));
    // Counted over all frames: 3 of 20 × 20 are more than 16 pictures of 60 pixels may have.
    assertEquals(FaultCode.TOO_LARGE, assertThrows(Fault.class, () -> clean(gif, 60)).code());
  }

  @Test
  void jpeg_ofAThousandScans_isRefusedByItsHead() throws IOException {
    byte[] few = progressive(halves(64, 64));
    int scans = JpegScans.count(few);
    assertTrue(scans > 1 && scans < 20, "scans: " + scans);
    assertEquals("image/jpeg", clean(few, PIXELS_MAX).type());
    // An empty scan of one component, a thousand times, before the end of the image.
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 1};
    ByteBuffer many = ByteBuffer.allocate(few.length + 1000 * scan.length);
    many.put(few, 0, few.length - 2);
    for (int i = 0; i < 1000; i++) {
      many.put(scan);
    }
    many.put(few, few.length - 2, 2);
    assertEquals(scans + 1000, JpegScans.count(many.array()));
    Fault fault = assertThrows(Fault.class, () -> clean(many.array(), PIXELS_MAX));
    assertEquals(FaultCode.TOO_LARGE, fault.code());
    assertTrue(fault.text().contains("scans"), fault.text());
    // What follows the picture is no part of it: a phone's film of the moment before, say.
    assertEquals(scans, JpegScans.count(concat(few, "\u00ff\u00da".repeat(500))));
  }

  @Test
  void room_isCountedInDecodedBytes_sixteenBitsACount() throws IOException {
    // 1.5 million pixels of 4 × 16 bits are 12 MB, whatever the file weighs.
    BufferedImage deep = deep(1500, 1000);
    byte[] png = encode(deep, "png");
    assertTrue(png.length < 100_000, "small outside: " + png.length);
    try (Decoders small =
        new Decoders(new Decoders.Bounds(1, 8 << 20, 8, 8, Duration.ofSeconds(60)))) {
      Fault fault =
          assertThrows(Fault.class, () -> small.run(ANN, new Cleaning(() -> png, 2_000_000)));
      assertEquals(FaultCode.TOO_LARGE, fault.code());
      assertTrue(fault.text().contains("image_memory_bytes_max"), fault.text());
    }
    assertEquals("image/png", clean(png, 2_000_000).type());
  }

  @Test
  void gif_becomesAPng() throws IOException {
    Picture picture = clean(encode(halves(10, 10), "gif"), PIXELS_MAX);
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
    Fault fault = assertThrows(Fault.class, () -> clean(png, PIXELS_MAX));
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
      Fault fault = assertThrows(Fault.class, () -> clean(bytes, PIXELS_MAX));
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

  private static byte[] progressive(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage deep(int width, int height) {
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_USHORT);
    return new BufferedImage(
        colours, colours.createCompatibleWritableRaster(width, height), false, null);
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
