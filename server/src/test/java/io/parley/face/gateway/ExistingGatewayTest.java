package io.parley.face.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.Message;
import io.parley.api.gateway.GatewayServiceGrpc;
import io.parley.api.gateway.RegisterRequest;
import io.parley.api.gateway.SendMessageRequest;
import io.parley.api.gateway.SendMessageResponse;
import io.parley.api.gateway.UnRegisterRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The existing gateway of the contract, as it works: no token; one stream that says A001 and is
/// never read, a second one for all that its clients send, in the gateway's own name; logins and
/// logouts are `Register` and `UnRegister`. Two clients, and restarts of everything.
@Timeout(120)
class ExistingGatewayTest {
  private static final Map<String, String> TRUSTED =
      Map.of("security.trusted_peers", "[{cidr: 127.0.0.1/32, rights: [gateway]}]");

  @TempDir Path dir;
  private final List<String> said = new ArrayList<>();

  @Test
  void twoClients_talkOverRestartsOfTheGatewayAndOfParley() {
    TestServer server = TestServer.start(dir, TRUSTED);
    long ann;
    long bob;
    try (GrpcPerson person = GrpcPerson.register(server, "ann");
        GrpcPerson other = GrpcPerson.register(server, "bob")) {
      ann = person.id();
      bob = other.id();
    }
    try (Gateway gateway = new Gateway(server)) {
      gateway.login(ann);
      gateway.login(bob);
      talk(gateway, ann, bob);
      hearFromElsewhere(server, gateway, ann, bob);
      gateway.logout(bob);
      gateway.say("B101", 50, textOf(ann, bob, said("to one who left")));
      gateway.acknowledged(ann, 50);
      gateway.nothingMore(ann, bob);
    }
    // The gateway's process dies and comes back, with its clients.
    try (Gateway gateway = new Gateway(server)) {
      gateway.login(bob);
      gateway.login(ann);
      talk(gateway, ann, bob);
      server.close();
      assertEquals(Status.Code.UNAVAILABLE, gateway.ended().getCode());
    }
    server = TestServer.start(dir, TRUSTED);
    try (Gateway gateway = new Gateway(server)) {
      gateway.login(ann);
      gateway.login(bob);
      talk(gateway, ann, bob);
      assertEquals(said, history(server, ann));
    } finally {
      server.close();
    }
  }

  /// The first stream has not ended when the next process of the gateway comes.
  @Test
  void restartThatTheServerHasNotNoticed_isTakenOver() {
    try (TestServer server = TestServer.start(dir, TRUSTED);
        GrpcPerson ann = GrpcPerson.register(server, "ann");
        GrpcPerson bob = GrpcPerson.register(server, "bob");
        Gateway dead = new Gateway(server)) {
      dead.login(ann.id());
      dead.login(bob.id());
      talk(dead, ann.id(), bob.id());
      try (Gateway gateway = new Gateway(server)) {
        gateway.login(ann.id());
        gateway.login(bob.id());
        talk(gateway, ann.id(), bob.id());
        assertEquals(Status.Code.FAILED_PRECONDITION, dead.ended().getCode());
      }
    }
  }

  @Test
  void group_isAcknowledgedAndFannedOut() {
    try (TestServer server = TestServer.start(dir, TRUSTED);
        GrpcPerson ann = GrpcPerson.register(server, "ann");
        GrpcPerson bob = GrpcPerson.register(server, "bob");
        Gateway gateway = new Gateway(server)) {
      long group = ann.createGroup("g");
      bob.joinGroup(group);
      gateway.login(ann.id());
      gateway.login(bob.id());
      String data = textOf(ann.id(), group, "to the group");
      gateway.say("B102", 7, data);
      gateway.exchanged(ann.id(), bob.id(), "B102", 7, data);
    }
  }

  private void talk(Gateway gateway, long ann, long bob) {
    for (int i = 1; i <= 3; i++) {
      String there = textOf(ann, bob, said("there " + i));
      gateway.say("B101", i, there);
      gateway.exchanged(ann, bob, "B101", i, there);
      String back = textOf(bob, ann, said("back " + i));
      gateway.say("B101", 100 + i, back);
      gateway.exchanged(bob, ann, "B101", 100 + i, back);
    }
    String image =
        """
        {"type":"image","data":{"sender_id":"%d","sender_name":"n","sender_avatar":"a","receiver_id":"%d",\
        "format":2,"size ":10,"width ":8,"height ":8,"icon_url ":"/i.png","big_url ":"/b.png"}}\
        """
            .formatted(ann, bob);
    said.add("/b.png");
    gateway.say("B101", 9, image);
    gateway.exchanged(ann, bob, "B101", 9, image);
  }

  private void hearFromElsewhere(TestServer server, Gateway gateway, long ann, long bob) {
    try (GrpcPerson person = GrpcPerson.login(server, "ann", "secret1")) {
      person.text(bob, said("from elsewhere"), "");
    }
    List<String> receivers = new ArrayList<>();
    for (int i = 0; i < 2; i++) { // Ann's own client hears what she says elsewhere.
      SendMessageResponse frame = gateway.next();
      assertEquals("B101", frame.getCmd());
      assertEquals(0, frame.getRequestId());
      assertTrue(frame.getData().toStringUtf8().contains("from elsewhere"));
      receivers.add(frame.getReceiverId());
    }
    receivers.sort(null);
    assertEquals(List.of(Long.toString(ann), Long.toString(bob)), receivers);
  }

  private String said(String text) {
    said.add(text);
    return text;
  }

  private static List<String> history(TestServer server, long ann) {
    try (GrpcPerson person = GrpcPerson.login(server, "bob", "secret1")) {
      long conversation = person.text(ann, "the end", "").getConversationId();
      List<Message> all =
          person
              .conversations()
              .history(
                  HistoryRequest.newBuilder().setConversationId(conversation).setLimit(200).build())
              .getMessageList();
      return all.subList(0, all.size() - 1).stream()
          .map(each -> each.hasImage() ? each.getImage().getUrl() : each.getText().getContent())
          .toList();
    }
  }

  private static String textOf(long sender, long receiver, String content) {
    return """
    {"type":"text","data":{"sender_id":"%d","sender_name":"n","sender_avatar":"a","receiver_id":"%d","content":"%s"}}\
    """
        .formatted(sender, receiver, content);
  }

  /// One process of that gateway.
  private static final class Gateway implements AutoCloseable {
    private static final String ID = "127.0.0.1:8081";

    private final ManagedChannel channel;
    private final GatewayServiceGrpc.GatewayServiceBlockingStub unary;
    private final ClientCall<SendMessageRequest, SendMessageResponse> talking;
    private final BlockingQueue<SendMessageResponse> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<Status> ended = new LinkedBlockingQueue<>();

    Gateway(TestServer server) {
      channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
      unary = GatewayServiceGrpc.newBlockingStub(channel);
      ClientCall<SendMessageRequest, SendMessageResponse> registering =
          channel.newCall(GatewayServiceGrpc.getSendMessageMethod(), CallOptions.DEFAULT);
      registering.start(new ClientCall.Listener<>() {}, new Metadata());
      registering.sendMessage(frame("A001", 0, "ping"));
      talking = channel.newCall(GatewayServiceGrpc.getSendMessageMethod(), CallOptions.DEFAULT);
      talking.start(
          new ClientCall.Listener<>() {
            @Override
            public void onMessage(SendMessageResponse frame) {
              frames.add(frame);
              talking.request(1);
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
              ended.add(status);
            }
          },
          new Metadata());
      talking.request(1);
    }

    /// Its first client may come before the server has seen its first frame.
    void login(long client) {
      RegisterRequest request =
          RegisterRequest.newBuilder().setGatewayId(ID).setClientId(Long.toString(client)).build();
      while (true) {
        try {
          var unused = unary.register(request);
          return;
        } catch (StatusRuntimeException e) {
          assertEquals(Status.Code.FAILED_PRECONDITION, e.getStatus().getCode());
        }
      }
    }

    void logout(long client) {
      var unused =
          unary.unRegister(
              UnRegisterRequest.newBuilder()
                  .setGatewayId(ID)
                  .setClientId(Long.toString(client))
                  .build());
    }

    void say(String cmd, int requestId, String data) {
      talking.sendMessage(frame(cmd, requestId, data));
    }

    private static SendMessageRequest frame(String cmd, int requestId, String data) {
      return SendMessageRequest.newBuilder()
          .setGatewayId(ID)
          .setCmd(cmd)
          .setRequestId(requestId)
          .setData(ByteString.copyFromUtf8(data))
          .setSenderId(ID)
          .build();
    }

    /// The acknowledgement and what was routed, in either order.
    void exchanged(long sender, long receiver, String cmd, int requestId, String data) {
      SendMessageResponse one = next();
      SendMessageResponse two = next();
      boolean routedFirst = one.getReceiverId().equals(Long.toString(receiver));
      requireAcknowledgement(routedFirst ? two : one, sender, requestId);
      SendMessageResponse routed = routedFirst ? one : two;
      assertEquals(cmd, routed.getCmd());
      assertEquals(ID, routed.getGatewayId());
      assertEquals(requestId, routed.getRequestId());
      assertEquals(Long.toString(receiver), routed.getReceiverId());
      assertEquals(data, routed.getData().toStringUtf8());
    }

    void acknowledged(long sender, int requestId) {
      requireAcknowledgement(next(), sender, requestId);
    }

    private static void requireAcknowledgement(
        SendMessageResponse frame, long sender, int requestId) {
      assertEquals("B101", frame.getCmd(), frame.toString());
      assertEquals(ID, frame.getGatewayId());
      assertEquals(requestId, frame.getRequestId());
      assertEquals(Long.toString(sender), frame.getReceiverId());
      String data = frame.getData().toStringUtf8();
      assertTrue(
          data.matches(
              "\\{\"receiver_id\":\"%d\",\"request_id\":%d,\"message_id\":[1-9]\\d*}"
                  .formatted(sender, requestId)),
          data);
    }

    /// Nothing comes before the answer to a frame of another kind.
    void nothingMore(long ann, long bob) {
      say("B101", 60, textOf(bob, ann, "of one who left"));
      SendMessageResponse refused = next();
      assertEquals(60, refused.getRequestId());
      assertEquals(2004, refused.getError().getBusinessCode());
      assertEquals(Long.toString(bob), refused.getReceiverId());
    }

    SendMessageResponse next() {
      try {
        SendMessageResponse frame = frames.poll(10, TimeUnit.SECONDS);
        assertTrue(frame != null, () -> "no frame came; ended: " + ended);
        return frame;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    Status ended() {
      try {
        Status status = ended.poll(10, TimeUnit.SECONDS);
        assertTrue(status != null, "the stream goes on");
        return status;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }
}
