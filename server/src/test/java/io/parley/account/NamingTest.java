package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.Core;
import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.config.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which names can be had, over what every contract registers and edits with.
class NamingTest {
  private static final Source HERE = Source.ofAddress("10.0.0.1");

  @TempDir private Path dir;
  private Core core;

  @BeforeEach
  void open() {
    Config config =
        Config.load(
            null, Map.of(), Map.of("data.dir", dir.toString(), "security.argon2.memory_kib", "64"));
    core = new Core(config, Clock.SYSTEM, Entropy.SYSTEM);
  }

  @AfterEach
  void close() {
    core.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin", "ADMIN", "аdmin", "Admın", "ａｄｍｉｎ", "root", "rооt", "管理员", "Parley", "systеm"
      })
  void reservedNames_areTakenOverNoContract(String name) {
    AccountId ann = register(AliasKind.NICKNAME, "ann").id();
    AccountId phone = register(AliasKind.PHONE, "13800138000").id();
    refused(FaultCode.INVALID_FIELD, () -> register(AliasKind.NICKNAME, name));
    refused(FaultCode.INVALID_FIELD, () -> register(AliasKind.USERNAME, name));
    refused(
        FaultCode.INVALID_FIELD,
        () ->
            core.accounts.register(
                registration(Map.of(AliasKind.USERNAME, name), name),
                new Scheme.Signed("salt"),
                Source.app("1")));
    refused(FaultCode.INVALID_FIELD, () -> display(ann, name));
    refused(FaultCode.INVALID_FIELD, () -> core.accounts.edit(ann, name, ""));
    refused(FaultCode.INVALID_FIELD, () -> complete(phone, name));
  }

  @Test
  void reservedNames_areForTheOperatorToGive() {
    Account root =
        core.accounts.register(
            registration(Map.of(AliasKind.NICKNAME, "root"), "root"), Source.OPERATOR);
    display(root.id(), "ROOT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"paypal", "PayPal", "раураl", "paypaI", "pаypal", "ｐａｙｐａｌ"})
  void namesLikeALoginName_areForItsOwnerOnly(String name) {
    AccountId owner = register(AliasKind.USERNAME, "paypal").id();
    AccountId ann = register(AliasKind.NICKNAME, "ann").id();
    AccountId phone = register(AliasKind.PHONE, "13800138000").id();
    refused(FaultCode.ALREADY_EXISTS, () -> register(AliasKind.NICKNAME, name));
    refused(FaultCode.ALREADY_EXISTS, () -> display(ann, name));
    refused(FaultCode.ALREADY_EXISTS, () -> core.accounts.edit(ann, name, ""));
    refused(FaultCode.ALREADY_EXISTS, () -> complete(phone, name));
    display(owner, name);
  }

  @Test
  void aDisplayName_isNobodyElsesPhoneOrEmail() {
    core.accounts.register(
        registration(
            Map.of(AliasKind.PHONE, "13800138000", AliasKind.EMAIL, "bob@example.com"), "Bob"),
        HERE);
    AccountId ann = register(AliasKind.NICKNAME, "ann").id();
    for (String name : List.of("13800138000", "１３８00138000", "l38OOl38OOO", "Bob@Example.com")) {
      refused(FaultCode.ALREADY_EXISTS, () -> display(ann, name));
      refused(FaultCode.ALREADY_EXISTS, () -> register(AliasKind.NICKNAME, name));
    }
  }

  @Test
  void displayNames_mayBeTheSame() {
    AccountId ann = register(AliasKind.NICKNAME, "ann").id();
    AccountId bob = register(AliasKind.NICKNAME, "bob").id();
    display(ann, "The same");
    display(bob, "The same");
  }

  @Test
  void twinsAtOnce_areOneAccount() throws Exception {
    List<String> twins = List.of("paypal", "раураl", "paypaI", "PAYPAL", "pаypal", "paураl");
    CyclicBarrier together = new CyclicBarrier(twins.size());
    AtomicInteger made = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (String name : twins) {
      callers.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  together.await();
                  register(AliasKind.NICKNAME, name);
                  made.incrementAndGet();
                } catch (Fault fault) {
                  assertEquals(FaultCode.ALREADY_EXISTS, fault.code());
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(1, made.get());
  }

  private Account register(AliasKind kind, String name) {
    return core.accounts.register(registration(Map.of(kind, name), name), HERE);
  }

  private static Accounts.Registration registration(Map<AliasKind, String> names, String shown) {
    return new Accounts.Registration(names, shown, Gender.UNKNOWN, "", "secret-41");
  }

  private void display(AccountId id, String name) {
    core.editing.edit(id, new Editing.Edit(name, null, null));
  }

  private void complete(AccountId id, String name) {
    core.editing.complete(id, new Editing.Completion(name, "/a.png", "", Gender.UNKNOWN));
  }

  private static void refused(FaultCode code, Executable call) {
    assertEquals(code, assertThrows(Fault.class, call).code());
  }
}
