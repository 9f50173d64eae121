package io.parley.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// Hands mails to a server: `smtp://user:password@host:587`, which takes STARTTLS where the server
/// offers it and insists on it when a password is sent, or `smtps://…` for TLS from the start.
final class SmtpMailer implements Mailer {
  private static final String CONNECT_MS = "5000";
  private static final String ANSWER_MS = "15000";

  private final Session session;
  private final String user;
  private final String password;

  /// @throws IllegalArgumentException if `url` is no such address
  SmtpMailer(String url) {
    URI uri = URI.create(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (!(scheme.equals("smtp") || scheme.equals("smtps")) || uri.getHost() == null) {
      throw new IllegalArgumentException("mail.smtp_url must be smtp://… or smtps://…");
    }
    String[] login =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    user = login.length > 0 ? decoded(login[0]) : "";
    password = login.length > 1 ? decoded(login[1]) : "";
    Properties keys = new Properties();
    keys.put("mail.transport.protocol", scheme);
    String prefix = "mail." + scheme + '.';
    keys.put(prefix + "host", uri.getHost());
    int port = uri.getPort() > 0 ? uri.getPort() : scheme.equals("smtps") ? 465 : 25;
    keys.put(prefix + "port", Integer.toString(port));
    keys.put(prefix + "auth", Boolean.toString(!user.isEmpty()));
    keys.put(prefix + "starttls.enable", "true");
    boolean local = uri.getHost().equals("127.0.0.1") || uri.getHost().equals("localhost");
    keys.put(prefix + "starttls.required", Boolean.toString(!user.isEmpty() && !local));
    keys.put(prefix + "ssl.checkserveridentity", "true");
    keys.put(prefix + "connectiontimeout", CONNECT_MS);
    keys.put(prefix + "timeout", ANSWER_MS);
    keys.put(prefix + "writetimeout", ANSWER_MS);
    session = Session.getInstance(keys);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public void send(MimeMessage mail) throws MessagingException {
    try (Transport transport = session.getTransport()) {
      if (user.isEmpty()) {
        transport.connect();
      } else {
        transport.connect(user, password);
      }
      transport.sendMessage(mail, mail.getAllRecipients());
    }
  }
}
