package io.parley.mail;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.grpc.Status.Code;
import io.parley.api.common.CommonServiceGrpc;
import io.parley.api.common.SendEmailRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mail: over SMTP to a real server in this process, and into the outbox.
class MailTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String TOKENS =
      "[{name: mailer, token: \""
          + TOKEN
          + "\", rights: [mail]},"
          + " {name: gw, token: \""
          + TOKEN.replace('0', 'f')
          + "\", rights: [gateway]}]";
  private static final SendEmailRequest REQUEST =
      SendEmailRequest.newBuilder()
          .putReceiver("ann@example.com", "安 Ann")
          .putCc("bob@example.com", "")
          .setSubject("你好 hello")
          .setContent("first line\n.\nlast line ünïcödé")
          .build();

  @TempDir private Path dir;

  @Test
  void send_overSmtp_arrivesAsItWasWritten() throws Exception {
    GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.setUser("parley@example.com", "user@x", "p:ss/word");
    smtp.start();
    String url = "smtp://user%40x:p%3Ass%2Fword@127.0.0.1:" + smtp.getSmtp().getPort();
    Map<String, String> keys =
        Map.of(
            "security.service_tokens", TOKENS,
            "mail.smtp_url", url,
            "mail.from", "parley@example.com");
    try (TestServer server = TestServer.start(dir, keys);
        GrpcPerson mailer = GrpcPerson.withToken(server, TOKEN, 0)) {
      assertEquals(false, send(mailer, REQUEST).getOutbox());
      assertTrue(smtp.waitForIncomingEmail(5000, 2));
      MimeMessage got = smtp.getReceivedMessages()[0];
      assertEquals("你好 hello", got.getSubject());
      assertEquals("first line\r\n.\r\nlast line ünïcödé", got.getContent().toString().strip());
      assertEquals(
          "安 Ann <ann@example.com>",
          javaText(got.getRecipients(Message.RecipientType.TO)[0].toString()));
      assertEquals("bob@example.com", got.getRecipients(Message.RecipientType.CC)[0].toString());
      assertEquals("parley@example.com", got.getFrom()[0].toString());
      smtp.stop();
      assertFails(Code.UNAVAILABLE, () -> send(mailer, REQUEST));
    } finally {
      smtp.stop();
    }
  }

  @Test
  void send_withoutServer_isWrittenToTheOutbox() throws Exception {
    try (TestServer server = TestServer.start(dir, Map.of("security.service_tokens", TOKENS));
        GrpcPerson mailer = GrpcPerson.withToken(server, TOKEN, 0)) {
      assertTrue(send(mailer, REQUEST).getOutbox());
      try (Stream<Path> files = Files.list(dir.resolve("outbox"))) {
        List<Path> mails = files.toList();
        assertEquals(1, mails.size());
        MimeMessage mail = new MimeMessage(null, Files.newInputStream(mails.getFirst()));
        assertEquals("你好 hello", mail.getSubject());
        assertEquals(2, mail.getAllRecipients().length);
      }
    }
  }

  /// Existing clients send names with addresses, the document's reader would do it the other way.
  @Test
  void receivers_mayHaveTheirAddressOnEitherSide() throws Exception {
    try (TestServer server = TestServer.start(dir, Map.of("security.service_tokens", TOKENS));
        GrpcPerson mailer = GrpcPerson.withToken(server, TOKEN, 0)) {
      SendEmailRequest request =
          SendEmailRequest.newBuilder()
              .putReceiver("安 Ann", "ann@example.com")
              .putReceiver("bob@example.com", "Bob")
              .putReceiver("old@example.com", "new@example.com")
              .putReceiver("", "unnamed@example.com")
              .putCc("Carl", "carl@example.com")
              .putCc("Carl again", "carl@example.com")
              .setSubject("s")
              .setContent("c")
              .build();
      assertTrue(send(mailer, request).getOutbox());
      try (Stream<Path> files = Files.list(dir.resolve("outbox"))) {
        MimeMessage mail = new MimeMessage(null, Files.newInputStream(files.findFirst().get()));
        List<String> to = new ArrayList<>();
        for (Address each : mail.getRecipients(Message.RecipientType.TO)) {
          to.add(javaText(each.toString()));
        }
        assertEquals(
            Set.of(
                "安 Ann <ann@example.com>",
                "Bob <bob@example.com>",
                "\"old@example.com\" <new@example.com>",
                "unnamed@example.com"),
            Set.copyOf(to));
        Address[] cc = mail.getRecipients(Message.RecipientType.CC);
        assertEquals(1, cc.length);
        assertTrue(cc[0].toString().endsWith("<carl@example.com>"), cc[0].toString());
      }
      SendEmailRequest none = request.toBuilder().putReceiver("Dora", "Dora's").build();
      assertInvalid(mailer, none, "receiver");
      String tooLong = "x".repeat(129);
      assertInvalid(mailer, request.toBuilder().putCc(tooLong, "d@example.com").build(), "cc");
      assertInvalid(mailer, request.toBuilder().putCc("d@example.com", tooLong).build(), "cc");
      assertInvalid(mailer, request.toBuilder().putCc("a\nb", "d@example.com").build(), "cc");
    }
  }

  @Test
  void send_withoutTheRight_orToNobodyInParticular_isRefused() {
    try (TestServer server = TestServer.start(dir, Map.of("security.service_tokens", TOKENS));
        GrpcPerson mailer = GrpcPerson.withToken(server, TOKEN, 0);
        GrpcPerson gateway = GrpcPerson.withToken(server, TOKEN.replace('0', 'f'), 0);
        GrpcPerson ann = GrpcPerson.register(server, "ann");
        GrpcPerson nobody = GrpcPerson.anonymous(server)) {
      assertFails(Code.UNAUTHENTICATED, () -> send(nobody, REQUEST));
      assertFails(Code.PERMISSION_DENIED, () -> send(ann, REQUEST));
      assertFails(Code.PERMISSION_DENIED, () -> send(gateway, REQUEST));
      assertInvalid(mailer, REQUEST.toBuilder().clearReceiver().build(), "receiver");
      assertInvalid(mailer, REQUEST.toBuilder().clearSubject().build(), "subject");
      assertInvalid(mailer, REQUEST.toBuilder().setContent(" ").build(), "content");
      assertInvalid(
          mailer, REQUEST.toBuilder().setSubject("x\r\nBcc: all@example.com").build(), "subject");
      for (String address :
          List.of("nobody", "@x", "a b@x.com", "a@x.com\r\nBcc: b@x.com", "a@x.com,b@x.com")) {
        assertInvalid(mailer, REQUEST.toBuilder().putReceiver(address, "").build(), "receiver");
        assertInvalid(mailer, REQUEST.toBuilder().putCc(address, "").build(), "cc");
      }
      assertInvalid(mailer, REQUEST.toBuilder().putReceiver("a@x.com", "a\nb").build(), "receiver");
      assertInvalid(mailer, REQUEST.toBuilder().setContent("x".repeat(200_001)).build(), "content");
      SendEmailRequest.Builder many = REQUEST.toBuilder();
      for (int i = 0; i < 50; i++) {
        many.putReceiver("p" + i + "@example.com", "");
      }
      assertInvalid(mailer, many.build(), "receiver");
      assertTrue(Files.notExists(dir.resolve("outbox")));
    }
  }

  private static String javaText(String address) throws Exception {
    return jakarta.mail.internet.MimeUtility.decodeText(address);
  }

  private static void assertInvalid(GrpcPerson who, SendEmailRequest request, String field) {
    var detail = assertFails(Code.INVALID_ARGUMENT, () -> send(who, request));
    assertTrue(detail.getMessage().contains(field), detail.getMessage());
  }

  private static io.parley.api.common.SendEmailResponse send(
      GrpcPerson who, SendEmailRequest request) {
    return who.with(CommonServiceGrpc.newBlockingStub(who.channel())).sendEmail(request);
  }
}
