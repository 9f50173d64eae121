package io.parley.face.entry;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.parley.account.Account;
import io.parley.account.Profile;
import io.parley.api.entry.CommonRequest;
import io.parley.api.entry.CommonResponse;
import io.parley.api.entry.EditUserInfoRequest;
import io.parley.api.entry.UserInfoResponse;
import io.parley.api.entry.UserLoginRequest;
import io.parley.api.entry.UserLoginResponse;
import io.parley.api.entry.UserServiceGrpc;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.face.rpc.Callers;
import io.parley.face.rpc.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// entry-rpc: `proto.UserService`, each method under both spellings.
///
/// A failure is a code in the message with gRPC OK. Only what is no request at all, bytes that are
/// not the message or too many of them, is a gRPC status.
public final class EntryRpcFace {
  /// The full name of its service.
  public static final String SERVICE = UserServiceGrpc.SERVICE_NAME;

  private static final String CONTRACT = "entry-rpc";

  private final EntryUsers users;
  private final Limits limits;
  private final Executor executor;

  /// `executor`: runs what may block, each task on a virtual thread.
  public EntryRpcFace(EntryUsers users, Limits limits, Executor executor) {
    this.users = users;
    this.limits = limits;
    this.executor = executor;
  }

  public void install(ServerBuilder server) {
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    add(methods, UserServiceGrpc.getLoginMethod(), this::login);
    add(methods, UserServiceGrpc.getLogoutMethod(), this::logout);
    add(methods, UserServiceGrpc.getGetUserInfoMethod(), this::getUserInfo);
    add(methods, UserServiceGrpc.getEditUserInfoMethod(), this::editUserInfo);
    server.service(service(methods));
    List<ServerMethodDefinition<?, ?>> respelt =
        methods.stream().<ServerMethodDefinition<?, ?>>map(EntryRpcFace::respelt).toList();
    HttpService small = new Undocumented(service(respelt));
    respelt.forEach(
        method -> server.service("/" + method.getMethodDescriptor().getFullMethodName(), small));
  }

  private GrpcService service(List<ServerMethodDefinition<?, ?>> methods) {
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(UserServiceGrpc.SERVICE_NAME)
            .setSchemaDescriptor(UserServiceGrpc.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(service::addMethod);
    return GrpcService.builder()
        .addService(service.build())
        .exceptionHandler(EntryRpcFace::status)
        .maxRequestMessageLength(limits.bodyBytesMax())
        .build();
  }

  /// The explorer at `/docs` takes every gRPC service apart that it finds, and fails at methods
  /// that their proto does not have.
  private record Undocumented(GrpcService service) implements HttpService {
    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
      return service.serve(context, request);
    }

    @Override
    public void serviceAdded(ServiceConfig config) throws Exception {
      service.serviceAdded(config);
    }
  }

  private interface Handler<Q, R> {
    void call(Call<R> call, Q request);
  }

  private static <Q, R> void add(
      List<ServerMethodDefinition<?, ?>> methods,
      MethodDescriptor<Q, R> method,
      Handler<Q, R> handler) {
    ServerCallHandler<Q, R> calls =
        ServerCalls.asyncUnaryCall(
            (request, observer) -> {
              Texts.require((Message) request);
              handler.call(new Call<>(ServiceRequestContext.current(), observer), request);
            });
    methods.add(ServerMethodDefinition.create(method, calls));
  }

  /// The same method with a small first letter.
  private static <Q, R> ServerMethodDefinition<Q, R> respelt(ServerMethodDefinition<Q, R> method) {
    String name = String.valueOf(method.getMethodDescriptor().getBareMethodName());
    String small = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    return ServerMethodDefinition.create(
        method.getMethodDescriptor().toBuilder()
            .setFullMethodName(
                MethodDescriptor.generateFullMethodName(UserServiceGrpc.SERVICE_NAME, small))
            .build(),
        method.getServerCallHandler());
  }

  private void login(Call<UserLoginResponse> call, UserLoginRequest request) {
    executor.execute(
        () -> {
          try {
            Caller caller = peer(call.context());
            Account account = users.verify(request.getUsername(), request.getPassword(), caller);
            String token = users.open(account, CONTRACT, caller);
            call.context().addAdditionalResponseHeader(HttpHeaderNames.AUTHORIZATION, token);
            call.answer(UserLoginResponse.newBuilder().setToken(token).build());
          } catch (Throwable e) {
            EntryCode code = loginCode(e, request.getUsername());
            call.answer(
                UserLoginResponse.newBuilder().setCode(code.code()).setMsg(code.text()).build());
          }
        });
  }

  /// Who logs in: perhaps a trusted tier on behalf of somebody.
  private Caller peer(ServiceRequestContext context) {
    Caller anonymous = EntryUsers.anonymous(context);
    try {
      return users.authenticate(token(context, ""), anonymous);
    } catch (Fault notTrusted) {
      return anonymous;
    }
  }

  private EntryCode loginCode(Throwable thrown, String username) {
    EntryCode code = EntryCode.ofRpc(thrown);
    boolean tooLong = thrown instanceof Fault fault && fault.code() == FaultCode.TOO_LARGE;
    try {
      if (tooLong || code == EntryCode.WRONG_LOGIN) {
        return users.exists(username) ? EntryCode.WRONG_LOGIN : EntryCode.NO_SUCH_USER;
      }
      return code == EntryCode.PROFILE ? EntryCode.BUSY : code;
    } catch (Fault e) {
      return EntryCode.BUSY;
    }
  }

  private void logout(Call<CommonResponse> call, CommonRequest request) {
    common(
        call,
        () -> users.identify(token(call.context(), request.getToken()), anonymous(call)),
        caller -> {
          AccountId account = users.subject(caller, request.getUsername());
          users.logout(caller, account, CONTRACT);
          return CommonResponse.getDefaultInstance();
        });
  }

  private void editUserInfo(Call<CommonResponse> call, EditUserInfoRequest request) {
    common(
        call,
        () -> authenticated(call, request.getToken()),
        caller -> {
          AccountId account = users.subject(caller, request.getUsername());
          users.edit(account, request.getNickname(), request.getProfilePicture());
          return CommonResponse.getDefaultInstance();
        });
  }

  private void common(
      Call<CommonResponse> call, Supplier<Caller> caller, Function<Caller, CommonResponse> work) {
    executor.execute(
        () -> {
          try {
            call.answer(work.apply(caller.get()));
          } catch (Throwable e) {
            EntryCode code = EntryCode.ofRpc(e);
            String text = e instanceof Fault fault ? code.text(fault) : code.text();
            call.answer(CommonResponse.newBuilder().setCode(code.code()).setMsg(text).build());
          }
        });
  }

  private void getUserInfo(Call<UserInfoResponse> call, CommonRequest request) {
    Profile known =
        users.remembered(
            token(call.context(), request.getToken()), EntryUsers.anonymous(call.context()));
    if (known != null && request.getUsername().isEmpty()) {
      call.answer(info(known));
      return;
    }
    executor.execute(
        () -> {
          try {
            Caller caller = authenticated(call, request.getToken());
            call.answer(info(users.profile(users.subject(caller, request.getUsername()))));
          } catch (Throwable e) {
            EntryCode code = EntryCode.ofRpc(e);
            String text = e instanceof Fault fault ? code.text(fault) : code.text();
            call.answer(UserInfoResponse.newBuilder().setCode(code.code()).setMsg(text).build());
          }
        });
  }

  private UserInfoResponse info(Profile profile) {
    return UserInfoResponse.newBuilder()
        .setUsername(profile.loginName())
        .setNickname(profile.account().nickname())
        .setProfilePicture(users.pictureUrl(profile.account()))
        .build();
  }

  private Caller authenticated(Call<?> call, String tokenField) {
    return users.authenticate(token(call.context(), tokenField), anonymous(call));
  }

  private static Caller anonymous(Call<?> call) {
    return EntryUsers.anonymous(call.context());
  }

  private static String token(ServiceRequestContext context, String field) {
    String shown = Callers.token(context.request().headers().get(HttpHeaderNames.AUTHORIZATION));
    return shown == null ? field : shown;
  }

  /// What gRPC is told of a request that never reached a method.
  private static Status status(
      RequestContext context, Status status, Throwable thrown, Metadata trailers) {
    for (@Nullable Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof InvalidProtocolBufferException) {
        return Status.INVALID_ARGUMENT.withDescription("malformed request");
      }
      if (at instanceof ContentTooLargeException) {
        return Status.RESOURCE_EXHAUSTED.withDescription("over limits.body_bytes_max");
      }
    }
    return status;
  }

  /// One call: where it came from, and where its answer goes.
  private record Call<R>(ServiceRequestContext context, StreamObserver<R> observer) {
    void answer(R response) {
      observer.onNext(response);
      observer.onCompleted();
    }
  }
}
