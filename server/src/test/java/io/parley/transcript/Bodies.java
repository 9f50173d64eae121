package io.parley.transcript;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;

/// Bytes that a transcript sends: text, or a directive that begins with `@`.
final class Bodies {
  private static final String BOUNDARY = "----transcript-7d1f";

  static final String MULTIPART = "multipart/form-data; boundary=" + BOUNDARY;

  private Bodies() {}

  /// `@hex 00ff`, `@base64 AAA=`, `@zeros 100`, `@picture png 8 8`; anything else is UTF-8 text.
  static byte[] bytes(String text) {
    if (!text.startsWith("@")) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    String[] words = text.substring(1).split("\\s+");
    return switch (words[0]) {
      case "hex" -> HexFormat.of().parseHex(words[1]);
      case "base64" -> Base64.getDecoder().decode(words[1]);
      case "zeros" -> new byte[Integer.parseInt(words[1])];
      case "picture" -> picture(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      default -> throw new Mismatch("no directive @" + words[0]);
    };
  }

  /// A form of parts: `NAME = TEXT` is a field, `NAME FILENAME TYPE BYTES` a file.
  static byte[] multipart(List<String> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String part : parts) {
      String[] field = part.split(" = ", 2);
      String[] file = part.split(" ", 4);
      String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"";
      if (field.length == 2) {
        out.writeBytes(utf8(head + field[0] + "\"\r\n\r\n" + field[1]));
      } else {
        out.writeBytes(
            utf8(
                "%s%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
                    .formatted(head, file[0], file[1], file[2])));
        out.writeBytes(bytes(file[3]));
      }
      out.writeBytes(utf8("\r\n"));
    }
    out.writeBytes(utf8("--" + BOUNDARY + "--\r\n"));
    return out.toByteArray();
  }

  /// `png 8 8`: the format and size of a picture, or why it is none.
  static String describePicture(byte[] bytes) {
    try {
      var in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes));
      var readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return "no picture, " + bytes.length + " bytes";
      }
      var reader = readers.next();
      reader.setInput(in);
      return "%s %d %d"
          .formatted(
              reader.getFormatName().toLowerCase(java.util.Locale.ROOT),
              reader.getWidth(0),
              reader.getHeight(0));
    } catch (IOException e) {
      return "no picture: " + e.getMessage();
    }
  }

  private static byte[] picture(String format, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, i * 0x010305);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new Mismatch("no picture format " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
