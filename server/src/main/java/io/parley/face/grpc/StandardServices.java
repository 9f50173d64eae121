package io.parley.face.grpc;

import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.BindableService;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// What gRPC's own tools ask of any server, without a token: `grpc.health.v1.Health`, and server
/// reflection in its two versions, which tells of the services what the protos say.
public final class StandardServices {
  /// Of all messages of one call.
  private static final int CALL_BYTES_MAX = 65_536;

  private static final int MESSAGE_BYTES_MAX = 4096;

  private StandardServices() {}

  /// @param services the names of those whose health may be asked for
  /// @param ready whether the server wants traffic; never blocks
  public static void install(ServerBuilder server, Set<String> services, BooleanSupplier ready) {
    add(server, new HealthService(services, ready));
    add(server, ProtoReflectionServiceV1.newInstance());
    add(server, older());
  }

  /// For tools that do not know version 1 yet.
  @SuppressWarnings("deprecation")
  private static BindableService older() {
    return ProtoReflectionService.newInstance();
  }

  /// One for each: the framework takes one reflection among the services that it serves together.
  private static void add(ServerBuilder server, BindableService service) {
    GrpcService grpc =
        GrpcService.builder()
            .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
            .addService(service)
            .maxRequestMessageLength(MESSAGE_BYTES_MAX)
            .exceptionHandler(GrpcFaults::status)
            .build();
    server.service(
        grpc,
        delegate ->
            delegate.decorate(
                (inner, context, request) -> {
                  context.setMaxRequestLength(CALL_BYTES_MAX);
                  return inner.serve(context, request);
                }));
  }
}
