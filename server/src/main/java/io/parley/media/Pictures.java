package io.parley.media;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/// Turns uploaded bytes into a picture that is safe to serve: the format is told by the first
/// bytes, the pixels counted before any is decoded, and what comes out is encoded anew, without
/// metadata, upright.
final class Pictures {
  private static final float JPEG_QUALITY = 0.88f;

  private Pictures() {}

  /// @param pixelsMax the largest width × height
  /// @throws Fault MALFORMED if it is no JPEG, PNG or GIF; TOO_LARGE if it has too many pixels
  static Picture clean(byte[] bytes, int pixelsMax) {
    String format = sniff(bytes);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > pixelsMax) {
          throw Fault.of(
              FaultCode.TOO_LARGE,
              "the picture has %d pixels, limits.image_pixels_max is %d"
                  .formatted(pixels, pixelsMax));
        }
        BufferedImage decoded = reader.read(0);
        return format.equals("jpeg")
            ? jpeg(upright(decoded, ExifOrientation.of(bytes)))
            : png(decoded);
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Fault.of(FaultCode.MALFORMED, "the picture cannot be decoded");
    }
  }

  private static String sniff(byte[] b) {
    if (b.length > 3 && (b[0] & 0xff) == 0xff && (b[1] & 0xff) == 0xd8 && (b[2] & 0xff) == 0xff) {
      return "jpeg";
    }
    if (b.length > 8 && (b[0] & 0xff) == 0x89 && b[1] == 'P' && b[2] == 'N' && b[3] == 'G') {
      return "png";
    }
    if (b.length > 6 && b[0] == 'G' && b[1] == 'I' && b[2] == 'F' && b[3] == '8') {
      return "gif";
    }
    throw Fault.of(FaultCode.MALFORMED, "not a JPEG, PNG or GIF picture");
  }

  private static BufferedImage upright(BufferedImage image, int orientation) {
    int w = image.getWidth();
    int h = image.getHeight();
    boolean turned = orientation >= 5;
    BufferedImage out =
        new BufferedImage(turned ? h : w, turned ? w : h, BufferedImage.TYPE_INT_RGB);
    AffineTransform turn =
        switch (orientation) {
          case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
          case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
          case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
          case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
          case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
          case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
          case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
          default -> new AffineTransform();
        };
    Graphics2D graphics = out.createGraphics();
    graphics.drawImage(image, turn, null);
    graphics.dispose();
    return out;
  }

  private static Picture jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return new Picture(
        bytes.toByteArray(), "image/jpeg", "jpg", image.getWidth(), image.getHeight());
  }

  private static Picture png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return new Picture(
        bytes.toByteArray(), "image/png", "png", image.getWidth(), image.getHeight());
  }
}
