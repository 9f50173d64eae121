package io.parley.partner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.audit.Audit;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import io.parley.harness.TestStore;
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import io.parley.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppsTest {
  private static final Caller OPERATOR = Caller.anonymous("127.0.0.1", "test");
  private static final String CODE = "a-code-that-nobody-may-read";

  @TempDir Path dir;
  private final TestClock clock = new TestClock();
  private final Ids ids = new Ids(clock, 0);
  private Db db;

  @BeforeEach
  void open() {
    db = Db.open(TestStore.settings(dir), dir, TestLimits.defaults());
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void storedApp_isTheSameAfterARestart() {
    PartnerApp app =
        new PartnerApp(
            "shop",
            CODE,
            "@salt",
            List.of("user.service.login", "check.service.login"),
            PartnerApp.blocks("allow_ips", List.of("10.0.0.0/8", "2001:db8::/32")),
            PartnerApp.blocks("deny_ips", List.of("10.0.0.1")),
            false);
    apps(1).add(OPERATOR, app);
    apps(1).add(OPERATOR, app("open", ""));
    assertEquals(app, apps(1).find("shop"));
    assertEquals(
        Set.of(app, app("open", "")),
        apps(1).list().stream().map(Apps.Listed::app).collect(Collectors.toSet()));
    assertEquals(Set.of("@salt", "@java110.com"), apps(1).salts());
  }

  @Test
  void securityCode_isNotStoredInTheClear() throws Exception {
    apps(1).add(OPERATOR, app("shop", CODE));
    for (Path file : List.of(dir.resolve("parley.db"), dir.resolve("parley.db-wal"))) {
      if (Files.exists(file)) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(CODE), "the code stands in " + file);
      }
    }
    assertFalse(app("shop", CODE).toString().contains(CODE));
  }

  @Test
  void securityCode_opensWithItsOwnKeyAndForItsOwnAppOnly() {
    apps(1).add(OPERATOR, app("shop", CODE));
    assertThrows(StoreException.class, () -> apps(2));
    db.write(tx -> tx.update("UPDATE partner_app SET id = 'thief'"));
    assertThrows(StoreException.class, () -> apps(1));
  }

  @Test
  void id_isTakenOnceAndThatOfTheConfigurationCounts() {
    Apps apps = apps(1, app("shop", "configured"));
    assertEquals(FaultCode.ALREADY_EXISTS, code(() -> apps.add(OPERATOR, app("shop", CODE))));
    assertEquals(FaultCode.FAILED_PRECONDITION, code(() -> apps.remove(OPERATOR, "shop")));
    assertEquals(FaultCode.NOT_FOUND, code(() -> apps.remove(OPERATOR, "nobody")));
    apps(1).add(OPERATOR, app("shop", "stored"));
    assertEquals("configured", code("shop", apps(1, app("shop", "configured"))));
    assertEquals("stored", code("shop", apps(1)));
    apps(1).remove(OPERATOR, "shop");
    assertNull(apps(1).find("shop"));
  }

  @Test
  void saltsAreFew_becauseEachCostsEveryPasswordAHash() {
    Apps apps = apps(1);
    for (int i = 0; i < 16; i++) {
      apps.add(OPERATOR, salted("app" + i, "@salt" + i));
    }
    assertEquals(FaultCode.QUOTA, code(() -> apps.add(OPERATOR, salted("app16", "@salt16"))));
    apps.add(OPERATOR, salted("app16", "@salt3"));
  }

  @Test
  void impossibleApps_areRefused() {
    for (Runnable wrong :
        List.<Runnable>of(
            () -> app("", CODE),
            () -> app("two words", CODE),
            () -> app("x".repeat(31), CODE),
            () -> app("shop", "x".repeat(257)),
            () -> salted("shop", "x".repeat(65)),
            () -> new PartnerApp("a", "", "", List.of("*"), List.of(), List.of(), false),
            () -> new PartnerApp("a", CODE, "", List.of("*"), List.of(), List.of(), true),
            () -> new PartnerApp("a", CODE, "", List.of(), List.of(), List.of(), false),
            () -> new PartnerApp("a", CODE, "", List.of("a b"), List.of(), List.of(), false),
            () -> PartnerApp.blocks("allow_ips", List.of("10.0.0.0/33")))) {
      assertEquals(FaultCode.INVALID_FIELD, code(wrong));
    }
  }

  private Apps apps(int key, PartnerApp... configured) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) key;
    return new Apps(
        TestPlatform.over(db, clock, 1),
        new Audit(db, ids, clock, new SecurityLog(clock)),
        List.of(configured),
        bytes);
  }

  private static PartnerApp app(String id, String code) {
    return new PartnerApp(
        id, code, "@java110.com", List.of("*"), List.of(), List.of(), code.isEmpty());
  }

  private static PartnerApp salted(String id, String salt) {
    return new PartnerApp(id, CODE, salt, List.of("*"), List.of(), List.of(), false);
  }

  private static String code(String id, Apps apps) {
    PartnerApp app = apps.find(id);
    return app == null ? "" : app.securityCode();
  }

  private static FaultCode code(Runnable call) {
    return assertThrows(Fault.class, call::run).code();
  }
}
