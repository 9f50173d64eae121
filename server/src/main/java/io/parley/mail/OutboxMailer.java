package io.parley.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
    Files.createDirectories(folder);
    Path file = folder.resolve(ids.getAsLong() + ".eml");
    Path part = folder.resolve(file.getFileName() + ".part");
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      mail.writeTo(out);
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
