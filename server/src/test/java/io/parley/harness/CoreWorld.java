package io.parley.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.Core;
import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Code;
import io.parley.account.Gender;
import io.parley.account.Source;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Right;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.control.Orders;
import io.parley.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The services without a server, on a folder and with time of their own, and accounts on them:
/// registered in a static field, for all tests of a class, which keep apart by their accounts.
public final class CoreWorld implements BeforeAllCallback, AfterAllCallback {
  /// Of everybody who is registered here.
  public static final String PASSWORD = "secret1";

  /// Whoever has not logged in.
  public static final Caller NOBODY = Caller.anonymous("127.0.0.1", "test");

  private static final ConversationId MARK = new ConversationId(1);

  private final TestClock clock = new TestClock();
  private final Map<String, String> keys;
  private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
  private @Nullable Core core;
  private @Nullable Path dir;

  /// `keys`: dotted keys of parley.yaml that differ from a test's defaults.
  public CoreWorld(Map<String, String> keys) {
    this.keys = keys;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path folder = Files.createTempDirectory("parley-core");
    Core fresh = TestCore.open(folder, clock, keys);
    fresh.bus.subscribe(heard::add);
    dir = folder;
    core = fresh;
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    core().close();
    Path folder = dir;
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  public Core core() {
    if (core == null) {
      throw new IllegalStateException("not open");
    }
    return core;
  }

  /// The limits that hold here.
  public Limits limits() {
    return TestLimits.with(keys);
  }

  public TestClock clock() {
    return clock;
  }

  /// Somebody new.
  public Account register(String name) {
    return core()
        .accounts
        .register(
            new Accounts.Registration(
                Map.of(AliasKind.USERNAME, name), name, Gender.UNKNOWN, "", PASSWORD),
            Source.OPERATOR);
  }

  /// Somebody new, as a caller without a session.
  public Caller somebody(String name) {
    AccountId account = register(name).id();
    return new Caller(account, null, Set.of(), "127.0.0.1", "test", 0);
  }

  /// A new session of the native API.
  public Sessions.Opened login(String name) {
    return core().sessions.login(name, PASSWORD, Code.of(""), NOBODY);
  }

  /// Who shows that token.
  public Caller caller(String token) {
    return core().sessions.authenticate(token, NOBODY);
  }

  /// Replaces the rights of an account, as the command line does.
  public void grant(AccountId account, Right... rights) {
    core().logins.setRights(Orders.OPERATOR, account, Set.of(rights));
  }

  /// What was announced since the last look, in its order: all that was before this call.
  public List<Event> events() {
    Event mark = new Event.Typing(MARK, new AccountId(1), new Audience.Members());
    // Whatever is being told of a write comes first.
    core().db.write(tx -> 0);
    core().bus.publish(mark);
    List<Event> events = new ArrayList<>();
    try {
      for (Event event = heard.take(); event != mark; event = heard.take()) {
        events.add(event);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return events;
  }

  /// Those of one kind.
  public <E extends Event> List<E> events(Class<E> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// `call` fails with `code`; answers what is said of it.
  public static String refused(FaultCode code, Runnable call) {
    Fault fault = assertThrows(Fault.class, call::run);
    assertEquals(code, fault.code(), fault.text());
    return fault.text();
  }
}
