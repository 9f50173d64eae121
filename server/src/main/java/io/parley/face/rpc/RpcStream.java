package io.parley.face.rpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.parley.base.Caller;
import java.util.function.Supplier;

/// One method of the native API that streams both ways.
///
/// @param descriptor name and marshallers, from the generated code
public record RpcStream<Q extends Message, R extends Message>(
    MethodDescriptor<Q, R> descriptor, Opener<Q, R> opener) {

  /// How a stream begins.
  @FunctionalInterface
  public interface Opener<Q, R> {
    /// Takes up a stream, without blocking, on the thread that starts it: what is set on `out` must
    /// be set here.
    ///
    /// @param caller who calls, looked up anew each time; may block, throws NOT_LOGGED_IN
    /// @return hears what the client sends
    StreamObserver<Q> open(Supplier<Caller> caller, ServerCallStreamObserver<R> out);
  }

  /// `package.Service/Method`.
  public String name() {
    return descriptor.getFullMethodName();
  }
}
