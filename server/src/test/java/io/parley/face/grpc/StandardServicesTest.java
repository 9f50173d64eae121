package io.parley.face.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.parley.harness.FirstAnswer;
import io.parley.harness.TestServer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The services that gRPC's own tools expect of any server.
@Timeout(60)
class StandardServicesTest {
  @Test
  void health_needsNoToken_andIsThatOfTheServer(@TempDir Path dir) {
    Iterator<HealthCheckResponse> watch;
    ManagedChannel channel;
    try (TestServer server = TestServer.start(dir)) {
      channel = channel(server.port());
      var health = HealthGrpc.newBlockingStub(channel);
      for (String service :
          List.of("", "user.UserService", "gateway.GatewayService", "proto.UserService")) {
        assertEquals(ServingStatus.SERVING, health.check(asking(service)).getStatus(), service);
      }
      StatusRuntimeException unknown =
          assertThrows(StatusRuntimeException.class, () -> health.check(asking("no.Service")));
      assertEquals(Status.Code.NOT_FOUND, unknown.getStatus().getCode());
      watch = health.watch(asking(""));
      assertEquals(ServingStatus.SERVING, watch.next().getStatus());
    }
    // Told, or cut: never left in the belief that it serves.
    try {
      assertEquals(ServingStatus.NOT_SERVING, watch.next().getStatus());
    } catch (StatusRuntimeException e) {
      // The connection or, on a busy machine, the stream goes first.
      Set<Status.Code> cut = Set.of(Status.Code.UNAVAILABLE, Status.Code.INTERNAL);
      assertTrue(cut.contains(e.getStatus().getCode()), e.getMessage());
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void health_followsWhatTheServerSaysOfItself() {
    AtomicBoolean ready = new AtomicBoolean(true);
    ServerBuilder builder = Server.builder().http(0);
    StandardServices.install(builder, Set.of("a.B"), ready::get);
    Server server = builder.build();
    server.start().join();
    ManagedChannel channel = channel(server.activeLocalPort());
    try {
      var health = HealthGrpc.newBlockingStub(channel);
      Iterator<HealthCheckResponse> whole = health.watch(asking(""));
      Iterator<HealthCheckResponse> one = health.watch(asking("a.B"));
      assertEquals(ServingStatus.SERVING, whole.next().getStatus());
      assertEquals(ServingStatus.SERVING, one.next().getStatus());
      assertEquals(
          ServingStatus.SERVICE_UNKNOWN, health.watch(asking("no.Service")).next().getStatus());
      ready.set(false);
      assertEquals(ServingStatus.NOT_SERVING, health.check(asking("a.B")).getStatus());
      assertEquals(ServingStatus.NOT_SERVING, whole.next().getStatus());
      assertEquals(ServingStatus.NOT_SERVING, one.next().getStatus());
      ready.set(true);
      assertEquals(ServingStatus.SERVING, whole.next().getStatus());
    } finally {
      channel.shutdownNow();
      server.stop().join();
    }
  }

  @Test
  void watches_areBounded_andGiveTheirPlaceBack() {
    ServerBuilder builder = Server.builder().http(0);
    StandardServices.install(builder, Set.of(), () -> true);
    Server server = builder.build();
    server.start().join();
    ManagedChannel channel = channel(server.activeLocalPort());
    try {
      var health = HealthGrpc.newBlockingStub(channel);
      for (int i = 0; i < HealthService.WATCHES_MAX; i++) {
        assertEquals(ServingStatus.SERVING, health.watch(asking("")).next().getStatus());
      }
      StatusRuntimeException full =
          assertThrows(StatusRuntimeException.class, () -> health.watch(asking("")).next());
      assertEquals(Status.Code.RESOURCE_EXHAUSTED, full.getStatus().getCode());
      channel.shutdownNow();
      ManagedChannel next = channel(server.activeLocalPort());
      try {
        boolean taken = false;
        while (!taken) {
          taken = isWatched(next);
        }
      } finally {
        next.shutdownNow();
      }
    } finally {
      channel.shutdownNow();
      server.stop().join();
    }
  }

  private static boolean isWatched(ManagedChannel channel) {
    try {
      return HealthGrpc.newBlockingStub(channel).watch(asking("")).hasNext();
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  @Test
  void reflection_listsAndDescribesEveryService(@TempDir Path dir) throws Exception {
    try (TestServer server = TestServer.start(dir)) {
      ManagedChannel channel = channel(server.port());
      try {
        Set<String> names = new HashSet<>();
        ask(channel, ServerReflectionRequest.newBuilder().setListServices("").build())
            .getListServicesResponse()
            .getServiceList()
            .forEach(service -> names.add(service.getName()));
        assertTrue(
            names.containsAll(
                Set.of(
                    "user.UserService",
                    "message.MessageService",
                    "gateway.GatewayService",
                    "admin.AdminService",
                    "proto.UserService",
                    "grpc.health.v1.Health")),
            names.toString());
        ServerReflectionResponse described =
            ask(
                channel,
                ServerReflectionRequest.newBuilder()
                    .setFileContainingSymbol("message.MessageService")
                    .build());
        FileDescriptorProto file =
            FileDescriptorProto.parseFrom(
                described.getFileDescriptorResponse().getFileDescriptorProto(0));
        assertEquals("message", file.getPackage());
        assertTrue(
            ask(
                    channel,
                    ServerReflectionRequest.newBuilder().setFileContainingSymbol("no.Such").build())
                .hasErrorResponse());
        assertEquals(names, olderNames(channel));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static ServerReflectionResponse ask(
      ManagedChannel channel, ServerReflectionRequest request) throws Exception {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    var out = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new FirstAnswer<>(answer));
    out.onNext(request);
    out.onCompleted();
    return answer.get(20, TimeUnit.SECONDS);
  }

  private static Set<String> olderNames(ManagedChannel channel) throws Exception {
    CompletableFuture<io.grpc.reflection.v1alpha.ServerReflectionResponse> answer =
        new CompletableFuture<>();
    var out =
        io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(new FirstAnswer<>(answer));
    out.onNext(
        io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
            .setListServices("")
            .build());
    out.onCompleted();
    Set<String> names = new HashSet<>();
    answer
        .get(20, TimeUnit.SECONDS)
        .getListServicesResponse()
        .getServiceList()
        .forEach(service -> names.add(service.getName()));
    return names;
  }

  private static HealthCheckRequest asking(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }
}
