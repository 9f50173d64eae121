package io.parley.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;

/// Takes a finished mail. It may block, and returns when the mail is safe with somebody.
interface Mailer {
  void send(MimeMessage mail) throws MessagingException, IOException;
}
