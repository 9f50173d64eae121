package io.parley.web;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Pictures for people to send.
final class Pictures {
  private Pictures() {}

  /// A new file in `folder` with a picture of this size; `kind` decides its colour.
  static Path shaded(Path folder, int width, int height, int kind) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(
            x, y, Color.HSBtoRGB(kind * 0.17f + y * 0.2f / height, 0.5f, 0.4f + x * 0.6f / width));
      }
    }
    Path file = folder.resolve("picture-" + kind + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
