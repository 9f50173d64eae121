package io.parley.media;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/// Turns uploaded bytes into a picture that is safe to serve: the format is told by the first
/// bytes, the pixels counted before any is decoded, and what comes out is encoded anew, without
/// metadata, upright.
final class Pictures {
  private static final float JPEG_QUALITY = 0.88f;

  /// The longer edge of a thumbnail, in pixels.
  private static final int THUMBNAIL_EDGE = 320;

  private Pictures() {}

  /// @param pixelsMax the largest width × height
  /// @throws Fault MALFORMED if it is no JPEG, PNG or GIF; TOO_LARGE if it has too many pixels
  static Picture clean(byte[] bytes, int pixelsMax) {
    Format known = Formats.sniff(Arrays.copyOf(bytes, Math.min(bytes.length, Formats.HEAD)));
    if (known == null || known.kind() != Format.Kind.PICTURE) {
      throw Fault.of(FaultCode.MALFORMED, "not a JPEG, PNG or GIF picture");
    }
    String format = known.extension();
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
        boolean jpeg = format.equals("jpg");
        BufferedImage shown = jpeg ? upright(decoded, ExifOrientation.of(bytes)) : decoded;
        return encode(shown, jpeg, thumbnail(shown, jpeg));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Fault.of(FaultCode.MALFORMED, "the picture cannot be decoded");
    }
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

  /// Null for a picture that is no larger than a thumbnail.
  private static @Nullable Picture thumbnail(BufferedImage image, boolean jpeg) throws IOException {
    int longer = Math.max(image.getWidth(), image.getHeight());
    if (longer <= THUMBNAIL_EDGE) {
      return null;
    }
    int w = Math.max(1, (int) ((long) image.getWidth() * THUMBNAIL_EDGE / longer));
    int h = Math.max(1, (int) ((long) image.getHeight() * THUMBNAIL_EDGE / longer));
    BufferedImage small =
        new BufferedImage(w, h, jpeg ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = small.createGraphics();
    Image scaled = image.getScaledInstance(w, h, Image.SCALE_AREA_AVERAGING);
    graphics.drawImage(scaled, 0, 0, null);
    graphics.dispose();
    return encode(small, jpeg, null);
  }

  private static Picture encode(BufferedImage image, boolean jpeg, @Nullable Picture thumbnail)
      throws IOException {
    return new Picture(
        jpeg ? jpeg(image) : png(image),
        jpeg ? "image/jpeg" : "image/png",
        jpeg ? "jpg" : "png",
        image.getWidth(),
        image.getHeight(),
        thumbnail);
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
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
    return bytes.toByteArray();
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
