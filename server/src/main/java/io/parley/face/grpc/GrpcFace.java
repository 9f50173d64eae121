package io.parley.face.grpc;

import com.google.api.HttpRule;
import com.google.common.base.Suppliers;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.parley.api.common.CommonServiceGrpc;
import io.parley.api.common.SendEmailResponse;
import io.parley.api.conversation.ConversationServiceGrpc;
import io.parley.api.conversation.PushFrame;
import io.parley.api.conversation.SubscribeRequest;
import io.parley.api.user.UpdatePasswordResponse;
import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.face.edge.Peers;
import io.parley.face.rpc.Callers;
import io.parley.face.rpc.RpcJson;
import io.parley.face.rpc.RpcMethod;
import io.parley.face.rpc.RpcStream;
import io.parley.face.rpc.RpcTable;
import io.parley.media.Media;
import io.parley.realtime.Registry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Serves the table of native methods over gRPC, gRPC-Web and REST, the API explorer at
/// `/docs` and the REST form's description at `/openapi.json`.
///
/// Every call runs on a virtual thread: authenticate, then the method.
public final class GrpcFace {
  private static final String CLOSE_DELAY =
      "com.linecorp.armeria.defaultHttp1ConnectionCloseDelayMillis";

  private final RpcTable table;
  private final Callers callers;
  private final Registry registry;
  private final Media media;
  private final List<RpcStream<?, ?>> streams;
  private final Limits limits;
  private final Executor executor;
  private final List<ServiceDescriptor> services;

  /// What streaming methods work on.
  ///
  /// @param streams the methods that stream both ways
  public record Engines(Registry registry, Media media, List<RpcStream<?, ?>> streams) {}

  public GrpcFace(
      RpcTable table, Callers callers, Engines engines, Limits limits, Executor executor) {
    this.registry = engines.registry();
    this.media = engines.media();
    this.streams = engines.streams();
    this.table = table;
    this.callers = callers;
    this.limits = limits;
    this.executor = executor;
    services = services();
  }

  private List<ServiceDescriptor> services() {
    List<MethodDescriptor<?, ?>> methods = new ArrayList<>();
    table.methods().forEach(method -> methods.add(method.descriptor()));
    streams.forEach(stream -> methods.add(stream.descriptor()));
    methods.add(ConversationServiceGrpc.getSubscribeMethod());
    methods.add(CommonServiceGrpc.getUploadImageMethod());
    return NativeServices.of(methods);
  }

  /// The names of the services that are served.
  public Set<String> serviceNames() {
    Set<String> names = new HashSet<>();
    services.forEach(service -> names.add(service.getName()));
    return names;
  }

  /// Makes the framework load what it is made of: half of a start, that can go on while the data
  /// folder is being opened. Nothing else may touch the framework or protobuf until this returns:
  /// their classes would be initialized from two sides.
  public static void prepare() {
    // For so long the server leaves a connection open that it is to close after its answer, so
    // that an answer to a refused upload is read before the rest of it meets a closed door. Clients
    // that read until the end of a connection wait for it each time; 3 s unless set.
    if (System.getProperty(CLOSE_DELAY) == null) {
      System.setProperty(CLOSE_DELAY, "500");
    }
    Server.builder();
    GrpcService.builder();
  }

  /// Adds the services to `server`.
  ///
  /// @param publicUrl where clients reach it
  public void install(ServerBuilder server, String publicUrl) {
    List<Descriptors.MethodDescriptor> methods = NativeServices.protos(services);
    GrpcServiceBuilder grpc =
        GrpcService.builder()
            .supportedSerializationFormats(GrpcSerializationFormats.values())
            .enableUnframedRequests(true)
            .enableHttpJsonTranscoding(
                HttpJsonTranscodingOptions.builder()
                    .additionalHttpRules(RestRoutes.OF_GIVEN_PROTOS)
                    .errorHandler((context, status, response) -> GrpcFaults.json(context, status))
                    .build())
            .unframedGrpcErrorHandler(
                (context, status, response) -> GrpcFaults.json(context, status))
            .jsonMarshallerFactory(
                service ->
                    new StrictMarshaller(
                        GrpcJsonMarshaller.builderForGson()
                            .jsonParserCustomizer(parser -> RpcJson.PARSER)
                            .build()))
            .exceptionHandler(GrpcFaults::status)
            .maxRequestMessageLength(limits.grpcBytesMax())
            .useClientTimeoutHeader(true);
    services.forEach(descriptor -> grpc.addService(definition(descriptor)));
    server.errorHandler(new JsonErrors().orElse(ServerErrorHandler.ofDefault()));
    Set<String> openPaths = openPaths(methods);
    Admission admission =
        new Admission(
            callers,
            limits,
            executor,
            context -> open(context.path().substring(1)) || openPaths.contains(context.path()));
    server.service(grpc.build(), service -> service.decorate(admission::serve));
    Explorer.install(server);
    // Made when first asked for: most starts never need it.
    Supplier<String> openApi =
        Suppliers.memoize(() -> OpenApi.json(publicUrl, methods, this::open))::get;
    server.service(
        "/openapi.json",
        (context, request) -> HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, openApi.get()));
  }

  private boolean open(String name) {
    RpcMethod<?, ?> method = table.find(name);
    return method != null && method.open();
  }

  /// Where REST serves methods that need no token; none of these has a part that varies.
  private Set<String> openPaths(List<Descriptors.MethodDescriptor> methods) {
    Set<String> paths = new HashSet<>();
    for (HttpRule rule : RestRoutes.of(methods)) {
      int method = rule.getSelector().lastIndexOf('.');
      String name =
          rule.getSelector().substring(0, method) + '/' + rule.getSelector().substring(method + 1);
      if (open(name)) {
        paths.add(RestRoutes.path(rule));
      }
    }
    return paths;
  }

  private ServerServiceDefinition definition(ServiceDescriptor descriptor) {
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor);
    for (MethodDescriptor<?, ?> method : descriptor.getMethods()) {
      service.addMethod(serverMethod(method));
    }
    return service.build();
  }

  @SuppressWarnings(
      "unchecked") // a method's descriptor and its handler share their types: RpcMethod sees to it
  private <Q extends Message, R extends Message> io.grpc.ServerMethodDefinition<Q, R> serverMethod(
      MethodDescriptor<?, ?> descriptor) {
    MethodDescriptor<Q, R> method = (MethodDescriptor<Q, R>) descriptor;
    if (descriptor.equals(ConversationServiceGrpc.getSubscribeMethod())) {
      return io.grpc.ServerMethodDefinition.create(
          method, (ServerCallHandler<Q, R>) ServerCalls.asyncServerStreamingCall(this::subscribe));
    }
    if (descriptor.equals(CommonServiceGrpc.getUploadImageMethod())) {
      return io.grpc.ServerMethodDefinition.create(
          method,
          (ServerCallHandler<Q, R>)
              UploadCall.handler(this::presentCaller, media, limits, executor));
    }
    for (RpcStream<?, ?> stream : streams) {
      if (stream.descriptor().equals(descriptor)) {
        return io.grpc.ServerMethodDefinition.create(method, handler((RpcStream<Q, R>) stream));
      }
    }
    RpcMethod<Q, R> known = (RpcMethod<Q, R>) table.find(method.getFullMethodName());
    if (known == null) {
      throw new IllegalStateException(method.getFullMethodName() + " is served by nobody");
    }
    return io.grpc.ServerMethodDefinition.create(
        method, ServerCalls.asyncUnaryCall((request, observer) -> call(known, request, observer)));
  }

  private <Q extends Message, R extends Message> ServerCallHandler<Q, R> handler(
      RpcStream<Q, R> stream) {
    return ServerCalls.asyncBidiStreamingCall(
        observer -> {
          ServiceRequestContext context = ServiceRequestContext.current();
          // It lasts as long as both want; each of its messages is limited by the framework.
          context.clearRequestTimeout();
          context.setMaxRequestLength(0);
          return stream
              .opener()
              .open(() -> caller(context, false), (ServerCallStreamObserver<R>) observer);
        });
  }

  private <Q extends Message, R extends Message> void call(
      RpcMethod<Q, R> method, Q request, StreamObserver<R> observer) {
    ServiceRequestContext context = ServiceRequestContext.current();
    Answer<R> answer = new Answer<>(context, observer);
    if (method.handler() instanceof RpcMethod.Blocking<Q, R>) {
      Cancellable work = new Cancellable();
      context.whenRequestCancelling().thenRun(work::cancel);
      executor.execute(() -> work.during(() -> call(context, method, request, answer)));
    } else {
      executor.execute(() -> call(context, method, request, answer));
    }
  }

  /// On a thread of its own.
  private <Q extends Message, R extends Message> void call(
      ServiceRequestContext context, RpcMethod<Q, R> method, Q request, Answer<R> answer) {
    try {
      Caller caller =
          RpcTable.servesExpired(method)
              ? callers.identify(token(context), Peers.anonymous(context))
              : caller(context, method.open());
      method.start(caller, request, answer, Runnable::run);
    } catch (Throwable e) {
      answer.failed(Fault.from(e));
    }
  }

  /// Metadata of an answer, for clients that know the contract's own fields only.
  private static void tell(ServiceRequestContext context, Message response) {
    if (response instanceof SendEmailResponse mail && mail.getOutbox()) {
      context.addAdditionalResponseHeader("parley-mail", "outbox");
    }
    if (response instanceof UpdatePasswordResponse changed && changed.getWithoutCurrent()) {
      context.addAdditionalResponseHeader("parley-password", "current-missing");
    }
  }

  private void subscribe(SubscribeRequest request, StreamObserver<PushFrame> observer) {
    ServiceRequestContext context = ServiceRequestContext.current();
    SubscribeCall call =
        new SubscribeCall(context, (ServerCallStreamObserver<PushFrame>) observer, registry);
    executor.execute(
        () -> {
          try {
            call.open(request, () -> caller(context, false));
          } catch (Throwable e) {
            observer.onError(e);
          }
        });
  }

  private Supplier<Caller> presentCaller() {
    ServiceRequestContext context = ServiceRequestContext.current();
    return () -> caller(context, false);
  }

  /// Who makes the call that `context` belongs to. May block.
  ///
  /// @throws Fault NOT_LOGGED_IN without a live token, unless the method is open or the peer
  ///     trusted; PASSWORD_EXPIRED
  public Caller caller(ServiceRequestContext context, boolean open) {
    Caller anonymous = Peers.anonymous(context);
    if (open) {
      return anonymous;
    }
    return callers.authenticate(token(context), anonymous);
  }

  private static String token(ServiceRequestContext context) {
    String token = Callers.token(context.request().headers().get(HttpHeaderNames.AUTHORIZATION));
    return token == null ? "" : token;
  }

  private record Answer<R extends Message>(
      ServiceRequestContext context, StreamObserver<R> observer) implements Completion<R> {
    @Override
    public void done(R response) {
      tell(context, response);
      observer.onNext(response);
      observer.onCompleted();
    }

    @Override
    public void failed(Fault fault) {
      observer.onError(fault);
    }
  }
}
