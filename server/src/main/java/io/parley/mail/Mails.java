package io.parley.mail;

import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Right;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends mail for callers with the mail right.
public final class Mails {
  private static final Logger log = LoggerFactory.getLogger(Mails.class);
  private static final int RECIPIENTS_MAX = 50;
  private static final int ADDRESS_CHARS_MAX = 254;
  private static final int NAME_CHARS_MAX = 128;
  private static final int SUBJECT_CHARS_MAX = 255;
  private static final int CONTENT_CHARS_MAX = 200_000;
  private static final int SENDING_MAX = 8;
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final String FROM_DEFAULT = "parley@localhost";

  private final Mailer mailer;
  private final boolean outbox;
  private final String from;
  private final Clock clock;
  private final Semaphore sending = new Semaphore(SENDING_MAX);

  /// @param smtpUrl empty: mails are written to `outbox`
  /// @param from the sender of all mails; empty for parley@localhost
  /// @throws IllegalArgumentException for an address that cannot be
  public Mails(String smtpUrl, String from, Path outbox, Ids ids, Clock clock) {
    this.outbox = smtpUrl.isEmpty();
    this.mailer = this.outbox ? new OutboxMailer(outbox, ids::next) : new SmtpMailer(smtpUrl);
    this.from = from.isEmpty() ? FROM_DEFAULT : from;
    this.clock = clock;
  }

  /// Whether mails are written to a folder instead of being sent.
  public boolean outbox() {
    return outbox;
  }

  /// Sends. Blocks until the mail server has taken the mail, or it is on disk.
  ///
  /// @throws Fault FORBIDDEN without the mail right; INVALID_FIELD or TOO_LARGE naming the field;
  ///     BUSY; UNAVAILABLE if the mail server does not take it
  public void send(Caller caller, Mail mail) {
    if (!caller.has(Right.MAIL)) {
      throw Fault.of(FaultCode.FORBIDDEN, "sending mail takes the mail right");
    }
    send(checked(mail));
  }

  /// The server's own mail to one address. Blocks as above. Whoever calls this bounds how often.
  ///
  /// @throws Fault INVALID_FIELD naming `email`; BUSY; UNAVAILABLE if the mail server does not take
  ///     it
  public void tell(String address, Letter letter) {
    if (!isAddress(address)) {
      throw Fault.invalid("email", "not a mail address");
    }
    send(new Mail(Map.of(address, ""), Map.of(), letter.subject(), letter.text()));
  }

  private void send(Mail checked) {
    if (!sending.tryAcquire()) {
      throw Fault.retry(FaultCode.BUSY, SENDING_MAX + " mails are being sent, try again", RETRY);
    }
    try {
      mailer.send(message(checked));
    } catch (MessagingException e) {
      log.warn("the mail server did not take a mail: {}", e.getMessage());
      throw Fault.retry(FaultCode.UNAVAILABLE, "the mail server did not take the mail", RETRY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      sending.release();
    }
  }

  /// The same with an address as each person's key.
  private static Mail checked(Mail mail) {
    if (mail.to().isEmpty()) {
      throw Fault.invalid("receiver", "missing");
    }
    if (mail.to().size() + mail.cc().size() > RECIPIENTS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "receiver, cc: more than " + RECIPIENTS_MAX + " addresses");
    }
    Map<String, String> to = people("receiver", mail.to());
    Map<String, String> cc = people("cc", mail.cc());
    require("subject", mail.subject(), SUBJECT_CHARS_MAX);
    require("content", mail.content(), CONTENT_CHARS_MAX);
    if (mail.subject().chars().anyMatch(Character::isISOControl)) {
      throw Fault.invalid("subject", "must not contain control characters");
    }
    return new Mail(to, cc, mail.subject(), mail.content());
  }

  /// Names by address.
  private static Map<String, String> people(String field, Map<String, String> entries) {
    Map<String, String> people = new LinkedHashMap<>();
    entries.forEach(
        (key, value) -> {
          boolean second = isAddress(value);
          String address = second ? value : key;
          String name = second ? key : value;
          if (address.length() > ADDRESS_CHARS_MAX || name.length() > NAME_CHARS_MAX) {
            throw Fault.of(
                FaultCode.TOO_LARGE,
                field
                    + ": an address of over "
                    + ADDRESS_CHARS_MAX
                    + " or a name of over "
                    + NAME_CHARS_MAX
                    + " characters");
          }
          if (!isAddress(address) || name.chars().anyMatch(Character::isISOControl)) {
            throw Fault.invalid(field, "not a mail address");
          }
          people.putIfAbsent(address, name);
        });
    return people;
  }

  private static boolean isAddress(String text) {
    boolean odd =
        text.length() > ADDRESS_CHARS_MAX
            || text.chars().anyMatch(c -> c <= ' ' || c > '~' || c == ',' || c == ';')
            || text.indexOf('@') < 1;
    if (odd) {
      return false;
    }
    try {
      new InternetAddress(text, true).validate();
      return true;
    } catch (AddressException e) {
      return false;
    }
  }

  private static void require(String field, String text, int charsMax) {
    if (text.isBlank()) {
      throw Fault.invalid(field, "must not be empty");
    }
    if (text.length() > charsMax) {
      throw Fault.of(FaultCode.TOO_LARGE, field + ": longer than " + charsMax + " characters");
    }
  }

  @SuppressWarnings("JavaUtilDate") // what the library takes
  private MimeMessage message(Mail mail) throws MessagingException {
    MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
    message.setFrom(new InternetAddress(from));
    addAll(message, Message.RecipientType.TO, mail.to());
    addAll(message, Message.RecipientType.CC, mail.cc());
    String utf8 = StandardCharsets.UTF_8.name();
    message.setSubject(mail.subject(), utf8);
    String start = mail.content().stripLeading().toLowerCase(Locale.ROOT);
    boolean page = start.startsWith("<!doctype html") || start.startsWith("<html");
    message.setText(mail.content(), utf8, page ? "html" : "plain");
    message.setSentDate(Date.from(Instant.ofEpochMilli(clock.millis())));
    message.saveChanges();
    return message;
  }

  private static void addAll(
      MimeMessage message, Message.RecipientType type, Map<String, String> people)
      throws MessagingException {
    for (Map.Entry<String, String> each : people.entrySet()) {
      try {
        message.addRecipient(
            type,
            new InternetAddress(each.getKey(), each.getValue(), StandardCharsets.UTF_8.name()));
      } catch (UnsupportedEncodingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
