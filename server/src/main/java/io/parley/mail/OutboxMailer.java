package io.parley.mail;

import io.parley.base.Durable;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// Writes mails into a folder, one `.eml` file each, in the order of their names.
final class OutboxMailer implements Mailer {
  private final Path folder;
  private final LongSupplier ids;

  /// `ids`: growing and unique, for the names.
  OutboxMailer(Path folder, LongSupplier ids) {
    this.folder = folder;
    this.ids = ids;
  }

  @Override
  public void send(MimeMessage mail) throws MessagingException, IOException {
    Durable.folder(folder);
    Path file = free();
    Path part = Files.createTempFile(folder, "mail", ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        mail.writeTo(out);
      }
      Durable.move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Mails leave no mark in the store, so a clock that was set back could give an id again.
  private Path free() {
    while (true) {
      Path file = folder.resolve(ids.getAsLong() + ".eml");
      if (!Files.exists(file)) {
        return file;
      }
    }
  }
}
