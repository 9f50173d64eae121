package io.parley;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.grpc.GrpcFace;

/// The loading of the HTTP framework, which takes half of a start and needs none of the rest: it
/// goes on beside the reading of the configuration and the opening of the data folder.
public final class Framework {
  private static final Thread LOADING =
      Thread.ofPlatform().name("framework").daemon().start(GrpcFace::prepare);

  private Framework() {}

  /// Begins, if it has not begun. Until [#await] returns nothing may use the framework or protobuf:
  /// classes that need each other must not be initialized from two sides.
  public static void load() {
    // The class has been initialized by now, which is all.
  }

  /// Waits until it is loaded.
  public static void await() {
    try {
      LOADING.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Fault.of(FaultCode.UNAVAILABLE, "interrupted while starting");
    }
  }
}
