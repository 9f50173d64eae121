package io.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.parley.api.admin.CreateTokenRequest;
import io.parley.api.admin.DisableAccountRequest;
import io.parley.api.admin.ListAuditRequest;
import io.parley.api.admin.ResetPasswordRequest;
import io.parley.api.conversation.SyncRequest;
import io.parley.api.gateway.SendMessageResponse;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.message.TextMessage;
import io.parley.api.user.UserGetRequest;
import io.parley.api.user.UserQueryRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestGateway;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// What trusted programs may do, and for whom they may do it.
class LeastPrivilegeTest {
  private static final String OPS = "0123456789abcdef0123456789abcd00";

  @RegisterExtension
  static final TestWorld world =
      new TestWorld(
          Map.of(
              "security.service_tokens",
              "[{name: gw, token: %s, rights: [gateway]}, {name: ops, token: %s, rights: [admin]}]"
                  .formatted(TestGateway.TOKEN, OPS)));

  private static final TestServer server = world.server();
  private static final GrpcPerson root = world.operator("root user", "admin", "mail");
  private static final GrpcPerson ann = world.register("ann");

  @Test
  void clientOfAGateway_hasNoneOfItsAccountsRights() {
    try (TestGateway gateway = TestGateway.bound(server, "rights")) {
      gateway.register(root.id());
      refused(
          gateway,
          "admin.AdminService/CreateToken",
          CreateTokenRequest.newBuilder()
              .setName("mine")
              .addRights("admin")
              .build()
              .toByteString());
      refused(
          gateway,
          "admin.AdminService/ResetPassword",
          ResetPasswordRequest.newBuilder().setId(ann.id()).build().toByteString());
      for (String method :
          List.of(
              "admin.AdminService/Overview",
              "admin.AdminService/ListAudit",
              "admin.AdminService/ListServers",
              "session.SessionService/ListSessions",
              "session.SessionService/EndSession",
              "session.SessionService/Logout",
              "user.UserService/UpdatePassword",
              "user.UserService/UpdateAvatar",
              "profile.ProfileService/UpdateProfile")) {
        refused(gateway, method, ByteString.EMPTY);
      }
    }
  }

  @Test
  void gatewayRightAlone_readsNoProfile() {
    try (TestGateway gateway = TestGateway.bound(server, "profiles")) {
      gateway.register(root.id());
      ByteString ofAnn = UserGetRequest.newBuilder().setId(ann.id()).build().toByteString();
      refused(gateway, "user.UserService/GetUser", ofAnn);
      refused(gateway, "user.UserService/QueryUser", ByteString.EMPTY);
      refused(gateway, "profile.ProfileService/GetProfile", ByteString.EMPTY);
      refused(gateway, "social.FriendService/ListFriends", ByteString.EMPTY);
    }
    try (GrpcPerson program = GrpcPerson.withToken(server, TestGateway.TOKEN, 0)) {
      denied(() -> program.users().getUser(UserGetRequest.newBuilder().setId(ann.id()).build()));
      denied(() -> program.users().queryUser(UserQueryRequest.getDefaultInstance()));
    }
  }

  @Test
  void clientOfAGateway_chats() throws Exception {
    try (TestGateway gateway = TestGateway.bound(server, "chats")) {
      gateway.register(root.id());
      String client = Long.toString(root.id());
      String send = "message.MessageService/SendUserTextMessage";
      SendUserTextMessageRequest request =
          SendUserTextMessageRequest.newBuilder()
              .setToUserId(ann.id())
              .setText(TextMessage.newBuilder().setContent("hello"))
              .build();
      gateway.send(send, 1, client, request.toByteString());
      assertEquals(0, gateway.expect(send, 1).getError().getBusinessCode());
      String sync = "conversation.ConversationService/Sync";
      gateway.send(sync, 2, client, SyncRequest.getDefaultInstance().toByteString());
      assertEquals(0, gateway.expect(sync, 2).getError().getBusinessCode());
    }
  }

  @Test
  void auditLog_namesTheProgram() {
    try (GrpcPerson ops = GrpcPerson.withToken(server, OPS, 0)) {
      ops.admin()
          .disableAccount(
              DisableAccountRequest.newBuilder().setId(ann.id()).setReason("rude").build());
      ops.admin()
          .enableAccount(
              io.parley.api.admin.EnableAccountRequest.newBuilder().setId(ann.id()).build());
    }
    var byOps =
        root.admin()
            .listAudit(ListAuditRequest.newBuilder().setTarget("account " + ann.id()).build())
            .getEntryList();
    assertEquals(
        List.of("token ops", "token ops"), byOps.stream().map(e -> e.getOperator()).toList());
    var byCommand =
        root.admin()
            .listAudit(ListAuditRequest.newBuilder().setTarget("account " + root.id()).build())
            .getEntryList();
    assertEquals("command line", byCommand.getFirst().getOperator());
  }

  @Test
  void auditLog_namesATrustedAddress(@TempDir Path other) {
    Map<String, String> trusting =
        Map.of("security.trusted_peers", "[{cidr: 127.0.0.1/32, rights: [admin]}]");
    try (TestServer own = TestServer.start(other, trusting);
        GrpcPerson person = GrpcPerson.register(own, "ann");
        GrpcPerson peer = GrpcPerson.anonymous(own)) {
      peer.admin()
          .disableAccount(
              DisableAccountRequest.newBuilder().setId(person.id()).setReason("rude").build());
      var entries = peer.admin().listAudit(ListAuditRequest.getDefaultInstance()).getEntryList();
      assertEquals("address 127.0.0.1", entries.getFirst().getOperator());
    }
  }

  private static void refused(TestGateway gateway, String method, ByteString request) {
    gateway.send(method, 77, Long.toString(root.id()), request);
    SendMessageResponse answer = gateway.expect(method, 77);
    assertEquals(2004, answer.getError().getBusinessCode(), method);
  }

  private static void denied(Executable call) {
    Status status = assertThrows(StatusRuntimeException.class, call).getStatus();
    assertEquals(Status.Code.PERMISSION_DENIED, status.getCode());
  }
}
