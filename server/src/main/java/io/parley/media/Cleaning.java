package io.parley.media;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/// One uploaded picture being made safe to serve: the format is told by the first bytes, pixels,
/// scans and frames are counted and the room for them is taken before any is decoded, and what
/// comes out is encoded anew, without metadata, upright.
///
/// JPEG stays JPEG, an animated GIF keeps its frames, WebP becomes JPEG or, with transparency, PNG;
/// everything else becomes PNG.
final class Cleaning implements Decoders.Job<Picture> {
  /// Cameras and web tools write ten or so.
  private static final int SCANS_MAX = 64;

  /// Pixels that all scans, or all frames, go over, in multiples of the pixels of a picture.
  private static final int PASSES_MAX = 16;

  private final Callable<byte[]> source;
  private final int pixelsMax;
  private volatile @Nullable ImageReader reading;
  private volatile boolean aborted;

  /// @param source gives the uploaded bytes; asked when it is this picture's turn
  /// @param pixelsMax the largest width × height
  Cleaning(Callable<byte[]> source, int pixelsMax) {
    this.source = source;
    this.pixelsMax = pixelsMax;
  }

  @Override
  public void abort() {
    aborted = true;
    ImageReader reader = reading;
    if (reader != null) {
      reader.abort();
    }
  }

  /// @throws Fault MALFORMED if it is no picture that is taken in; TOO_LARGE if it has too many
  ///     pixels, scans or frames, or fills too much memory
  @Override
  public Picture run(Decoders.Memory memory) throws Exception {
    byte[] bytes = source.call();
    Format known = Formats.sniff(Arrays.copyOf(bytes, Math.min(bytes.length, Formats.HEAD)));
    if (known == null || known.kind() != Format.Kind.PICTURE) {
      throw Fault.of(FaultCode.MALFORMED, "not a " + Media.PICTURES + " picture");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = reader(known, in);
      try {
        reading = reader;
        return decode(reader, known, bytes, memory);
      } finally {
        reading = null;
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Fault.of(FaultCode.MALFORMED, "the picture cannot be decoded");
    }
  }

  private static ImageReader reader(Format format, ImageInputStream in) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.extension());
    if (!readers.hasNext()) {
      throw Fault.of(FaultCode.MALFORMED, "not a " + Media.PICTURES + " picture");
    }
    ImageReader reader = readers.next();
    // Metadata is passed over: compressed texts in it unfold without end.
    reader.setInput(in, false, !format.extension().equals("gif"));
    return reader;
  }

  private Picture decode(ImageReader reader, Format format, byte[] bytes, Decoders.Memory memory)
      throws IOException, InterruptedException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width * height > pixelsMax) {
      throw Fault.of(
          FaultCode.TOO_LARGE,
          "the picture has %d pixels, limits.image_pixels_max is %d"
              .formatted(width * height, pixelsMax));
    }
    boolean jpeg = format.extension().equals("jpg");
    if (jpeg) {
      requireFewScans(JpegScans.count(bytes), width * height);
    }
    int turn = jpeg ? ExifOrientation.of(bytes) : ExifOrientation.UPRIGHT;
    memory.take(room(reader, width, height, turn != ExifOrientation.UPRIGHT));
    requireWanted();
    if (format.extension().equals("gif") && Animation.isIn(reader)) {
      return new Animation(reader, (long) PASSES_MAX * pixelsMax, this::requireWanted).encode();
    }
    BufferedImage image = Pictures.upright(reader.read(0), turn);
    requireWanted();
    return Pictures.encode(
        image, jpeg || (format.extension().equals("webp") && Pictures.opaque(image)));
  }

  /// The decoded pixels, another copy where they are turned or their colours are converted, and
  /// two rows that a decoder holds besides.
  private static long room(ImageReader reader, long width, long height, boolean turned)
      throws IOException {
    ImageTypeSpecifier type = reader.getRawImageType(0);
    if (type == null) {
      type = reader.getImageTypes(0).next();
    }
    long pixel = Math.max(1, (type.getColorModel().getPixelSize() + 7) / 8);
    long copy = turned || type.getNumComponents() > 3 ? 4 : 0;
    return width * (height + 2) * (pixel + copy);
  }

  private void requireFewScans(int scans, long pixels) {
    if (scans > SCANS_MAX || scans * pixels > (long) PASSES_MAX * pixelsMax) {
      throw Fault.of(
          FaultCode.TOO_LARGE,
          "the picture has %d scans of %d pixels; %d, and %d times limits.image_pixels_max in all, are taken"
              .formatted(scans, pixels, SCANS_MAX, PASSES_MAX));
    }
  }

  /// What was aborted is not whole, whatever the decoder answered.
  private void requireWanted() {
    if (aborted) {
      throw Fault.of(FaultCode.UNAVAILABLE, "the picture was given up");
    }
  }
}
