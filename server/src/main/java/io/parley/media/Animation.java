package io.parley.media;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/// A GIF of several frames, encoded anew frame by frame: pixels, places, times, disposal,
/// transparency and how often it plays are kept; comments, texts and applications' blocks are gone.
/// One frame is in memory at a time. Source: GIF89a.
final class Animation {
  private static final int FRAMES_MAX = 1000;
  private static final String STREAM = "javax_imageio_gif_stream_1.0";
  private static final String FRAME = "javax_imageio_gif_image_1.0";

  private final ImageReader reader;
  private final long pixelsMax;
  private final Runnable wanted;

  /// @param pixelsMax of all frames together
  /// @param wanted asked before each frame; throws if the work is to end
  Animation(ImageReader reader, long pixelsMax, Runnable wanted) {
    this.reader = reader;
    this.pixelsMax = pixelsMax;
    this.wanted = wanted;
  }

  /// Whether there is more than one frame.
  static boolean isIn(ImageReader reader) throws IOException {
    try {
      return reader.getWidth(1) > 0;
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  Picture encode() throws IOException {
    int[] screen = screen();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    BufferedImage first = reader.read(0);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(stream(writer, screen));
      long pixels = 0;
      for (int i = 0; has(i); i++) {
        wanted.run();
        pixels += (long) reader.getWidth(i) * reader.getHeight(i);
        if (i >= FRAMES_MAX || pixels > pixelsMax) {
          throw Fault.of(
              FaultCode.TOO_LARGE,
              "the picture moves for too long: %d frames and %d pixels of all frames are taken"
                  .formatted(FRAMES_MAX, pixelsMax));
        }
        BufferedImage frame = i == 0 ? first : reader.read(i);
        writer.writeToSequence(new IIOImage(frame, null, frame(writer, frame, i)), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return new Picture(
        bytes.toByteArray(),
        "image/gif",
        "gif",
        screen[0],
        screen[1],
        Pictures.thumbnail(first, false));
  }

  private boolean has(int frame) throws IOException {
    try {
      return reader.getWidth(frame) > 0;
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  /// Width and height of the whole, at least those of the first frame.
  private int[] screen() throws IOException {
    IIOMetadata metadata = reader.getStreamMetadata();
    Node screen =
        metadata == null ? null : child(metadata.getAsTree(STREAM), "LogicalScreenDescriptor");
    int width = Math.max(number(screen, "logicalScreenWidth"), reader.getWidth(0));
    int height = Math.max(number(screen, "logicalScreenHeight"), reader.getHeight(0));
    return new int[] {width, height};
  }

  private static IIOMetadata stream(ImageWriter writer, int[] screen) throws IOException {
    IIOMetadata metadata = writer.getDefaultStreamMetadata(writer.getDefaultWriteParam());
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(STREAM);
    IIOMetadataNode descriptor = (IIOMetadataNode) child(root, "LogicalScreenDescriptor");
    if (descriptor == null) {
      descriptor = new IIOMetadataNode("LogicalScreenDescriptor");
      root.appendChild(descriptor);
    }
    descriptor.setAttribute("logicalScreenWidth", Integer.toString(screen[0]));
    descriptor.setAttribute("logicalScreenHeight", Integer.toString(screen[1]));
    metadata.setFromTree(STREAM, root);
    return metadata;
  }

  private IIOMetadata frame(ImageWriter writer, BufferedImage frame, int i) throws IOException {
    Node read = reader.getImageMetadata(i).getAsTree(FRAME);
    ImageWriteParam param = writer.getDefaultWriteParam();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(frame), param);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FRAME);
    keep(root, read, "ImageDescriptor", "imageLeftPosition", "imageTopPosition");
    keep(
        root,
        read,
        "GraphicControlExtension",
        "disposalMethod",
        "delayTime",
        "transparentColorFlag",
        "transparentColorIndex");
    if (frame.getColorModel() instanceof IndexColorModel colours) {
      // The writer's own table has black and white only.
      Node table = child(root, "LocalColorTable");
      if (table != null) {
        root.removeChild(table);
      }
      root.insertBefore(table(colours), child(root, "GraphicControlExtension"));
    }
    String loop = i == 0 ? loop(read) : null;
    if (loop != null) {
      root.appendChild(repeat(Integer.parseInt(loop)));
    }
    metadata.setFromTree(FRAME, root);
    return metadata;
  }

  private static IIOMetadataNode table(IndexColorModel colours) {
    // A power of two: the least that holds all.
    int size = Math.max(2, Integer.highestOneBit(colours.getMapSize() * 2 - 1));
    IIOMetadataNode table = new IIOMetadataNode("LocalColorTable");
    table.setAttribute("sizeOfLocalColorTable", Integer.toString(size));
    table.setAttribute("sortFlag", "FALSE");
    for (int i = 0; i < size; i++) {
      int rgb = i < colours.getMapSize() ? colours.getRGB(i) : 0;
      IIOMetadataNode entry = new IIOMetadataNode("ColorTableEntry");
      entry.setAttribute("index", Integer.toString(i));
      entry.setAttribute("red", Integer.toString(rgb >> 16 & 0xff));
      entry.setAttribute("green", Integer.toString(rgb >> 8 & 0xff));
      entry.setAttribute("blue", Integer.toString(rgb & 0xff));
      table.appendChild(entry);
    }
    return table;
  }

  /// Takes over `attributes` of the child `name`.
  private static void keep(IIOMetadataNode to, Node from, String name, String... attributes) {
    Node read = child(from, name);
    IIOMetadataNode written = (IIOMetadataNode) child(to, name);
    if (read == null || written == null) {
      return;
    }
    for (String attribute : attributes) {
      Node value = read.getAttributes().getNamedItem(attribute);
      if (value != null) {
        written.setAttribute(attribute, value.getNodeValue());
      }
    }
  }

  /// How often the whole plays, as the first frame's application block says; null if it plays once.
  private static @Nullable String loop(Node frame) {
    Node blocks = child(frame, "ApplicationExtensions");
    for (Node block = blocks == null ? null : blocks.getFirstChild();
        block != null;
        block = block.getNextSibling()) {
      if (block instanceof IIOMetadataNode node
          && "NETSCAPE".equals(node.getAttribute("applicationID"))
          && node.getUserObject() instanceof byte[] data
          && data.length >= 3) {
        return Integer.toString((data[1] & 0xff) | (data[2] & 0xff) << 8);
      }
    }
    return null;
  }

  private static IIOMetadataNode repeat(int times) {
    IIOMetadataNode block = new IIOMetadataNode("ApplicationExtension");
    block.setAttribute("applicationID", "NETSCAPE");
    block.setAttribute("authenticationCode", "2.0");
    block.setUserObject(new byte[] {1, (byte) times, (byte) (times >> 8)});
    IIOMetadataNode blocks = new IIOMetadataNode("ApplicationExtensions");
    blocks.appendChild(block);
    return blocks;
  }

  private static @Nullable Node child(Node parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(name)) {
        return node;
      }
    }
    return null;
  }

  private static int number(@Nullable Node node, String attribute) {
    Node value = node == null ? null : node.getAttributes().getNamedItem(attribute);
    return value == null ? 0 : Integer.parseInt(value.getNodeValue());
  }
}
