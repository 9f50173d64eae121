package io.parley.group;

import io.parley.api.user.UserQueryRequest;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import io.parley.harness.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Searches whose callers leave, over every transport. All wait, because two others hold the
/// threads, and would for five minutes; a search that went on would time out the test.
@Timeout(60)
class LeavingTest {
  private static final Caller HOLDER = caller(7);

  @RegisterExtension
  private final TestWorld world =
      new TestWorld(Map.of("limits.search_s_max", "600", "limits.searches_per_account_max", "2"));

  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void hold() {
    for (int i = 0; i < 2; i++) {
      Thread.ofVirtual().start(() -> server.scans().read(HOLDER, (tx, budget) -> held()));
    }
    until(HOLDER, 2);
  }

  @AfterEach
  void close() {
    end.countDown();
  }

  @Test
  void rest() throws IOException {
    overHttp("/v1/users?keyword=a");
    overHttp("/v1/messages/search?keyword=a");
    overHttp("/v1/groups?keyword=a");
  }

  @Test
  void phone() throws IOException {
    overHttp("/android/user_search/a/0/");
    overHttp("/android/group_search/a/1/");
  }

  @Test
  void grpc() {
    GrpcPerson again = GrpcPerson.withToken(server, ann.token(), ann.id());
    Thread.ofVirtual()
        .start(
            () -> again.users().queryUser(UserQueryRequest.newBuilder().setKeyword("a").build()));
    until(caller(ann.id()), 1);
    again.channel().shutdownNow();
    until(caller(ann.id()), 0);
  }

  @Test
  void socket() throws Exception {
    LivePerson live = new LivePerson(server, ann.token(), "desk");
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                live.call("user.UserService/QueryUser", "{\"keyword\":\"a\"}");
              } catch (Exception | AssertionError e) {
                // It leaves without an answer.
              }
            });
    until(caller(ann.id()), 1);
    live.close();
    until(caller(ann.id()), 0);
  }

  private void overHttp(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                  .formatted(path, ann.token())
                  .getBytes(StandardCharsets.US_ASCII));
      until(caller(ann.id()), 1);
    }
    until(caller(ann.id()), 0);
  }

  private String held() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "held";
  }

  private void until(Caller caller, int share) {
    Waiting.until(() -> server.scans().shareOf(caller) == share);
  }

  private static Caller caller(long account) {
    return new Caller(new AccountId(account), null, Set.of(), "127.0.0.1", "test", 0);
  }
}
