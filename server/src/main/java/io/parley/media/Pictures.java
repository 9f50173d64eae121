package io.parley.media;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.Transparency;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/// What is done with decoded pixels: turned upright, made small, encoded.
final class Pictures {
  private static final float JPEG_QUALITY = 0.88f;

  /// The longer edge of a thumbnail, in pixels.
  private static final int THUMBNAIL_EDGE = 320;

  private Pictures() {}

  /// The picture and, if it is larger than one, its thumbnail, as JPEG or else as PNG.
  static Picture encode(BufferedImage image, boolean jpeg) throws IOException {
    BufferedImage shown = jpeg ? opaqueColours(image) : image;
    return encode(shown, jpeg, thumbnail(shown, jpeg));
  }

  static boolean opaque(BufferedImage image) {
    return image.getTransparency() == Transparency.OPAQUE;
  }

  /// In a form that the JPEG encoder writes; itself where it is in one.
  private static BufferedImage opaqueColours(BufferedImage image) {
    return switch (image.getType()) {
      case BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB ->
          image;
      default -> turned(image, image.getWidth(), image.getHeight(), new AffineTransform());
    };
  }

  /// As the camera saw it; itself if it lies so.
  ///
  /// @param orientation see [ExifOrientation]
  static BufferedImage upright(BufferedImage image, int orientation) {
    if (orientation == ExifOrientation.UPRIGHT) {
      return image;
    }
    int w = image.getWidth();
    int h = image.getHeight();
    boolean aside = orientation >= 5;
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
    return turned(image, aside ? h : w, aside ? w : h, turn);
  }

  private static BufferedImage turned(BufferedImage image, int w, int h, AffineTransform turn) {
    BufferedImage out = new BufferedImage(w, h, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = out.createGraphics();
    graphics.drawImage(image, turn, null);
    graphics.dispose();
    return out;
  }

  /// Null for a picture that is no larger than a thumbnail.
  static @Nullable Picture thumbnail(BufferedImage image, boolean jpeg) throws IOException {
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
