package io.parley.harness;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The mails that a server without a mail server has written, oldest first.
public final class Outbox {
  /// @param to its one receiver
  public record Mail(String to, String subject, String text) {
    /// What of the text `pattern`'s first group matches.
    public String part(String pattern) {
      Matcher matcher = Pattern.compile(pattern).matcher(text);
      if (!matcher.find()) {
        throw new AssertionError(pattern + " is not in: " + text);
      }
      return matcher.group(1);
    }
  }

  private final Path folder;

  /// `dir`: the server's data folder.
  public Outbox(Path dir) {
    folder = dir.resolve("outbox");
  }

  public List<Mail> mails() {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Mail> mails = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".eml")).sorted().toList()) {
        mails.add(read(file));
      }
      return mails;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The newest, once there are `count` to this address.
  public Mail await(int count, String to) {
    Waiting.until(() -> mails().stream().filter(mail -> mail.to().equals(to)).count() >= count);
    return mails().stream().filter(mail -> mail.to().equals(to)).toList().getLast();
  }

  private static Mail read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MimeMessage mail = new MimeMessage(null, in);
      return new Mail(
          mail.getAllRecipients()[0].toString(),
          mail.getSubject(),
          mail.getContent().toString().replace("\r\n", "\n"));
    } catch (MessagingException e) {
      throw new IOException(e);
    }
  }
}
