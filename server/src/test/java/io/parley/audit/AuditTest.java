package io.parley.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Timestamps;
import io.parley.admin.SignedLines;
import io.parley.api.admin.AuditEntry;
import io.parley.api.admin.DisableAccountRequest;
import io.parley.api.admin.EnableAccountRequest;
import io.parley.api.admin.ExportKeyRequest;
import io.parley.api.admin.ListAuditRequest;
import io.parley.api.admin.SetRightsRequest;
import io.parley.api.report.ReportKind;
import io.parley.api.report.ReportRequest;
import io.parley.command.Cli;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestStore;
import io.parley.harness.TestWorld;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is kept of operators' acts, and what leaves the server as an export.
class AuditTest {
  @RegisterExtension static final TestWorld world = new TestWorld();
  private static final Path dir = world.dir();
  private static final TestServer server = world.server();
  private static final GrpcPerson root = world.operator("root user", "admin");
  private static final GrpcPerson ann = world.register("ann");
  private static final GrpcPerson bob = world.register("bob");

  @BeforeAll
  static void start() {
    root.admin()
        .disableAccount(
            DisableAccountRequest.newBuilder().setId(ann.id()).setReason("rude").build());
    root.admin().enableAccount(EnableAccountRequest.newBuilder().setId(ann.id()).build());
    root.admin().setRights(SetRightsRequest.newBuilder().setId(ann.id()).addRights("mail").build());
  }

  @Test
  void acts_areNamedWithWhoDidWhatToWhom() {
    List<AuditEntry> entries = list(about(ann.id()));
    assertEquals(List.of("account.set_rights", "account.enable", "account.disable"), acts(entries));
    AuditEntry disabled = entries.getLast();
    assertEquals(root.id(), disabled.getOperatorId());
    assertEquals("root user", disabled.getOperator());
    assertEquals("account " + ann.id(), disabled.getTarget());
    assertEquals("rude", disabled.getDetails());
    assertEquals("127.0.0.1", disabled.getAddress());
    assertEquals("[] → [mail]", entries.getFirst().getDetails());
    AuditEntry granted = list(about(root.id())).getFirst();
    assertEquals(0, granted.getOperatorId(), "the command line has no account");
    assertEquals("", granted.getAddress());
  }

  @Test
  void list_isFilteredAndGoesOnByCursor() {
    assertEquals(
        List.of("account.disable"),
        acts(list(ListAuditRequest.newBuilder().setAct("account.disable"))));
    assertTrue(list(ListAuditRequest.newBuilder().setAct("account")).size() >= 4);
    assertEquals(List.of(), list(ListAuditRequest.newBuilder().setAct("acc")));
    assertEquals(List.of(), list(ListAuditRequest.newBuilder().setOperatorId(ann.id())));
    var disabled = list(about(ann.id())).getLast();
    assertEquals(3, list(about(ann.id()).setFrom(disabled.getAt())).size(), "from is inclusive");
    assertEquals(List.of(), list(about(ann.id()).setUntil(disabled.getAt())), "until is exclusive");
    assertEquals(
        List.of(),
        list(
            about(ann.id())
                .setFrom(Timestamps.fromMillis(disabled.getAt().getSeconds() * 1000 + 3_600_000))));
    var first = root.admin().listAudit(about(ann.id()).setNum(2).build());
    var rest = root.admin().listAudit(about(ann.id()).setCursor(first.getNextCursor()).build());
    assertEquals(List.of("account.disable"), acts(rest.getEntryList()));
    assertEquals("", rest.getNextCursor());
  }

  private static ListAuditRequest.Builder about(long account) {
    return ListAuditRequest.newBuilder().setTarget("account " + account);
  }

  private static List<AuditEntry> list(ListAuditRequest.Builder request) {
    return root.admin().listAudit(request.build()).getEntryList();
  }

  private static List<String> acts(List<AuditEntry> entries) {
    return entries.stream().map(AuditEntry::getAct).toList();
  }

  @Test
  void log_isAppendOnlyInTheStoreToo() throws SQLException {
    try (Connection connection = TestStore.connect(dir);
        Statement statement = connection.createStatement()) {
      for (String sql : List.of("UPDATE audit SET details = ''", "DELETE FROM audit")) {
        SQLException refused = assertThrows(SQLException.class, () -> statement.execute(sql));
        assertTrue(String.valueOf(refused.getMessage()).contains("append-only"));
      }
    }
  }

  @Test
  void export_isVerifiedAndAnyChangeOfItIsNoticed() throws Exception {
    root.reports()
        .report(
            ReportRequest.newBuilder()
                .setKind(ReportKind.REPORT_ACCOUNT)
                .setTargetId(ann.id())
                .setReason("rude")
                .build());
    String key = root.admin().exportKey(ExportKeyRequest.getDefaultInstance()).getPublicKey();
    for (String kind : List.of("accounts", "groups", "reports", "audit")) {
      Path file = dir.resolve(kind + ".jsonl.gz");
      Files.write(file, export(kind, root).body());
      assertEquals(0, Cli.run(new String[] {"export", "verify", file.toString()}), kind);
      assertEquals(0, Cli.run(new String[] {"export", "verify", file.toString(), "--key", key}));
      assertEquals(1, Cli.run(new String[] {"export", "verify", file.toString(), "--key", "x"}));
    }
    byte[] whole = export("accounts", root).body();
    String plain = unzipped(whole);
    assertEquals(5, plain.lines().count(), "a head, three accounts, the signature");
    assertTrue(plain.contains("\"nickname\":\"ann\""));
    assertFalse(plain.contains("argon2"));
    assertEquals(3, SignedLines.verify(new ByteArrayInputStream(whole)).rows());
    assertEquals(
        3,
        SignedLines.verify(new ByteArrayInputStream(plain.getBytes(StandardCharsets.UTF_8)))
            .rows());
    String cut = plain.substring(0, plain.indexOf('\n') + 1);
    String last = plain.substring(plain.lastIndexOf('\n', plain.length() - 2) + 1);
    for (String forged :
        List.of(plain.replace("\"ann\"", "\"eve\""), cut + last, cut, plain + "{}\n", "")) {
      assertNotEquals(plain, forged);
      assertThrows(
          SignedLines.Forged.class,
          () -> SignedLines.verify(new ByteArrayInputStream(zipped(forged))));
    }
    assertTrue(unzipped(export("reports", root).body()).contains("\"reason\":\"rude\""));
    assertTrue(acts(list(ListAuditRequest.newBuilder().setAct("export"))).size() >= 6);
  }

  @Test
  void export_isForAdminsOnly() throws Exception {
    assertEquals(401, export("accounts", null).statusCode());
    HttpResponse<byte[]> refused = export("accounts", bob);
    assertEquals(403, refused.statusCode());
    assertTrue(new String(refused.body(), StandardCharsets.UTF_8).contains("\"2004\""));
    assertEquals(404, export("passwords", root).statusCode());
  }

  private static HttpResponse<byte[]> export(String kind, @Nullable GrpcPerson who)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/admin/exports/" + kind));
    if (who != null) {
      request.header("authorization", "bearer " + who.token());
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static String unzipped(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
