package io.parley.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.parley.api.chat.ChatServiceGrpc;
import io.parley.api.conversation.ConversationServiceGrpc;
import io.parley.api.group.GroupServiceGrpc;
import io.parley.api.group.JoinPolicy;
import io.parley.api.membership.MembershipServiceGrpc;
import io.parley.api.membership.SetJoinPolicyRequest;
import io.parley.api.message.MessageServiceGrpc;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.TextMessage;
import io.parley.api.report.ReportServiceGrpc;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A closed group is to outsiders as none, whatever call names it.
class ClosedGroupTest {
  private static final List<ServiceDescriptor> SERVICES =
      List.of(
          GroupServiceGrpc.getServiceDescriptor(),
          MembershipServiceGrpc.getServiceDescriptor(),
          ReportServiceGrpc.getServiceDescriptor(),
          ChatServiceGrpc.getServiceDescriptor(),
          ConversationServiceGrpc.getServiceDescriptor(),
          MessageServiceGrpc.getServiceDescriptor());

  /// What a call needs beside the group to get as far as looking for it. `%d` is the caller.
  private static final Map<String, String> REST =
      Map.ofEntries(
          Map.entry("UpdateGroup", "\"name\":\"x\""),
          Map.entry("SetRole", "\"user_id\":\"%d\",\"role\":\"ROLE_ADMIN\""),
          Map.entry("Transfer", "\"user_id\":\"%d\""),
          Map.entry("Mute", "\"user_id\":\"%d\",\"seconds\":\"9\""),
          Map.entry("AnswerJoinRequest", "\"user_id\":\"%d\""),
          Map.entry("WithdrawGroupInvitation", "\"user_id\":\"%d\""),
          Map.entry("Report", "\"kind\":\"REPORT_GROUP\",\"reason\":\"spam\""),
          Map.entry("SearchMessages", "\"keyword\":\"secret\""),
          Map.entry("SendGroupTextMessage", "\"text\":{\"content\":\"x\"}"),
          Map.entry("SendGroupLocationMessage", "\"location\":{\"lat\":1,\"lng\":1}"),
          Map.entry("SendGroupFceMessage", "\"face\":{\"symbol\":\"x\"}"),
          Map.entry("SendGroupFaceMessage", "\"face\":{\"symbol\":\"x\"}"),
          Map.entry("SendGroupSoundMessage", "\"sound\":{\"url\":\"https://e.example/a.mp3\"}"),
          Map.entry("SendGroupVideoMessage", "\"video\":{\"url\":\"https://e.example/a.mp4\"}"),
          Map.entry("SendGroupImageMessage", "\"image\":{\"url\":\"https://e.example/a.png\"}"),
          Map.entry(
              "SendGroupFileMessage", "\"file\":{\"url\":\"https://e.example/a\",\"name\":\"a\"}"));

  @RegisterExtension private final TestWorld world = new TestWorld();
  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson eve = world.register("eve");

  @Test
  void everyCallThatNamesIt_answersAnOutsiderAsIfThereWereNone() throws Exception {
    long closed = group(JoinPolicy.JOIN_CLOSED);
    long none = closed + 1;
    List<String> told = new ArrayList<>();
    Map<String, String> calls = calls();
    assertTrue(calls.size() >= 30, calls.keySet().toString());
    try (LivePerson live = new LivePerson(server, eve.token(), "d1")) {
      for (var call : calls.entrySet()) {
        JsonNode of = live.call(call.getKey(), call.getValue().formatted(closed, eve.id()));
        JsonNode without = live.call(call.getKey(), call.getValue().formatted(none, eve.id()));
        boolean same =
            text(of).replace("" + closed, "G").equals(text(without).replace("" + none, "G"));
        boolean missing = of.path("error").path("business_code").asText().equals("2105");
        if (!same || !missing) {
          told.add(call.getKey() + ": " + of + " against " + without);
        }
      }
    }
    assertEquals(List.of(), told);
  }

  @Test
  void openedAgain_itIsThereForAll() throws Exception {
    long group = group(JoinPolicy.JOIN_CLOSED);
    policy(group, JoinPolicy.JOIN_OPEN);
    try (LivePerson live = new LivePerson(server, eve.token(), "d1")) {
      JsonNode answer =
          live.call(
              "conversation.ConversationService/History",
              "{\"conversation_id\":\"%d\"}".formatted(group));
      assertEquals("2004", answer.path("error").path("business_code").asText());
    }
  }

  /// Method → its request, to be formatted with the group and the caller.
  private static Map<String, String> calls() {
    Map<String, String> calls = new TreeMap<>();
    for (ServiceDescriptor service : SERVICES) {
      for (MethodDescriptor<?, ?> method : service.getMethods()) {
        String name = method.getBareMethodName();
        String field = groupField(method, service);
        if (field != null) {
          String rest = REST.containsKey(name) ? "," + REST.get(name).replace("%d", "%2$d") : "";
          calls.put(method.getFullMethodName(), "{\"" + field + "\":\"%1$d\"" + rest + "}");
        }
      }
    }
    return calls;
  }

  private static @Nullable String groupField(
      MethodDescriptor<?, ?> method, ServiceDescriptor service) {
    if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema)) {
      throw new AssertionError("no descriptor of " + method.getFullMethodName());
    }
    Descriptor request = schema.getMethodDescriptor().getInputType();
    List<String> names = request.getFields().stream().map(field -> field.getName()).toList();
    for (String name : List.of("group_id", "to_group_id", "conversation_id", "target_id")) {
      if (names.contains(name)) {
        return name;
      }
    }
    return service.getName().equals("group.GroupService") && names.contains("id") ? "id" : null;
  }

  private static String text(JsonNode frame) {
    return frame.path("error").toString();
  }

  private long group(JoinPolicy policy) {
    long group = ann.createGroup("secret");
    var unused =
        ann.messages()
            .sendGroupTextMessage(
                SendGroupTextMessageRequest.newBuilder()
                    .setToGroupId(group)
                    .setText(TextMessage.newBuilder().setContent("secret"))
                    .build());
    policy(group, policy);
    return group;
  }

  private void policy(long group, JoinPolicy policy) {
    var unused =
        ann.memberships()
            .setJoinPolicy(
                SetJoinPolicyRequest.newBuilder().setGroupId(group).setJoinPolicy(policy).build());
  }
}
