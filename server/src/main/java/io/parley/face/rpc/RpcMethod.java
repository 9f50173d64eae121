package io.parley.face.rpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.parley.base.Caller;
import io.parley.base.Completion;
import io.parley.base.Fault;
import java.util.Objects;
import java.util.concurrent.Executor;

/// One unary method of the native API.
///
/// @param descriptor name and marshallers, from the generated code
/// @param open whether a caller without a token may call it
/// @param handler what it does
public record RpcMethod<Q extends Message, R extends Message>(
    MethodDescriptor<Q, R> descriptor, boolean open, Handler<Q, R> handler) {

  /// How a method is carried out.
  public sealed interface Handler<Q, R> {}

  /// May block: the transport runs it on a virtual thread. It returns the answer or throws a Fault.
  @FunctionalInterface
  public non-sealed interface Blocking<Q, R> extends Handler<Q, R> {
    R call(Caller caller, Q request);
  }

  /// Never blocks, so the transport may run it on its own thread, in the order in which requests
  /// arrived; it answers later, and may also throw a Fault at once. This is how sends keep the
  /// order of their connection.
  @FunctionalInterface
  public non-sealed interface Direct<Q, R> extends Handler<Q, R> {
    void call(Caller caller, Q request, Completion<R> reply);
  }

  /// Carries it out: what never blocks at once, everything else on `blocking`. Whatever is thrown
  /// is told to `reply`.
  public void start(Caller caller, Q request, Completion<R> reply, Executor blocking) {
    switch (handler) {
      case Direct<Q, R> direct -> {
        try {
          direct.call(caller, request, reply);
        } catch (Throwable e) {
          reply.failed(Fault.from(e));
        }
      }
      case Blocking<Q, R> waits ->
          blocking.execute(
              () -> {
                try {
                  reply.done(waits.call(caller, request));
                } catch (Throwable e) {
                  reply.failed(Fault.from(e));
                }
              });
    }
  }

  /// An empty request of its type.
  public Q prototype() {
    return prototype(descriptor.getRequestMarshaller());
  }

  /// The empty message of a generated marshaller's type.
  static <M extends Message> M prototype(MethodDescriptor.Marshaller<M> marshaller) {
    return Objects.requireNonNull(((PrototypeMarshaller<M>) marshaller).getMessagePrototype());
  }

  /// `package.Service/Method`.
  public String name() {
    return descriptor.getFullMethodName();
  }
}
