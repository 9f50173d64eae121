package io.parley.face.socket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.stub.StreamObserver;
import io.parley.api.common.PingRequest;
import io.parley.api.common.PingResponse;
import io.parley.api.conversation.Message;
import io.parley.api.message.MessageServiceGrpc;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.message.SendUserTextMessageResponse;
import io.parley.api.message.TextMessage;
import io.parley.api.user.UserGetRequest;
import io.parley.api.user.UserGetResponse;
import io.parley.api.user.UserServiceGrpc;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.ConversationId;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Node;
import io.parley.base.Right;
import io.parley.base.SessionId;
import io.parley.base.Tally;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.bus.LocalBus;
import io.parley.face.rpc.RpcMethod;
import io.parley.face.rpc.RpcTable;
import io.parley.realtime.Delivery;
import io.parley.realtime.Registry;
import io.parley.session.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A real HTTP server with live sockets, and fakes behind them. A token is `<account>:<session>`,
/// with `!` in front for the admin right.
final class TestServer implements AutoCloseable {
  static final String ORIGIN = "http://chat.example.com";
  static final ConversationId GROUP = new ConversationId(900);

  final LocalBus bus = new LocalBus(1024);
  final Registry registry;
  final SocketFace face;
  final Server server;
  final Map<Long, long[]> members = new ConcurrentHashMap<>();
  final Set<String> deadTokens = ConcurrentHashMap.newKeySet();
  final Set<String> demoted = ConcurrentHashMap.newKeySet();
  final Semaphore gate = new Semaphore(0);
  volatile Runnable beforeRecheck = () -> {};
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService writer = Executors.newSingleThreadExecutor();
  private final AtomicLong seq = new AtomicLong();
  private final Map<String, Integer> looks = new ConcurrentHashMap<>();

  TestServer(Limits limits) {
    this(limits, builder -> builder.http(0));
  }

  TestServer(Limits limits, Consumer<ServerBuilder> ports) {
    SocketPushes pushes = new SocketPushes();
    registry = new Registry(new Node(0, 0), limits, true, pushes, Entropy.SYSTEM, executor);
    Delivery delivery =
        new Delivery(
            registry,
            (group, since) -> members.getOrDefault(group.value(), new long[0]),
            pushes,
            limits);
    bus.subscribe(delivery::accept);
    SocketSettings settings = new SocketSettings(limits, Set.of(ORIGIN), Clock.SYSTEM, new Tally());
    face =
        SocketFace.of(
            List.of(
                SocketFace.nativeEndpoint(
                    table(), this::authenticate, registry, settings, executor)),
            registry,
            settings,
            executor);
    ServerBuilder builder = Server.builder();
    ports.accept(builder);
    builder.idleTimeout(Duration.ofMillis(700));
    builder.service("/hello", (ctx, req) -> HttpResponse.of("hello"));
    builder.service("/wsx", (ctx, req) -> HttpResponse.of("not a socket"));
    builder.service(GrpcService.builder().addService(new GrpcPing()).build());
    face.install(builder, port -> false);
    server = builder.build();
    server.start().join();
  }

  private static final class GrpcPing extends UserServiceGrpc.UserServiceImplBase {
    @Override
    public void ping(PingRequest request, StreamObserver<PingResponse> answer) {
      answer.onNext(PingResponse.newBuilder().setContent("over grpc").build());
      answer.onCompleted();
    }
  }

  int port() {
    return server.activeLocalPort();
  }

  private Caller authenticate(String token, Caller anonymous) {
    if (looks.merge(token, 1, Integer::sum) == 2) {
      beforeRecheck.run();
    }
    if (deadTokens.contains(token) || !token.matches("!?\\d+:\\d+")) {
      throw Fault.of(FaultCode.NOT_LOGGED_IN, "the token is not live");
    }
    boolean admin = token.startsWith("!") && !demoted.contains(token);
    String[] parts = token.replace("!", "").split(":", -1);
    return new Caller(
        new AccountId(Long.parseLong(parts[0])),
        new SessionId(Long.parseLong(parts[1])),
        admin ? Set.of(Right.ADMIN) : Set.of(),
        anonymous.address(),
        anonymous.userAgent(),
        0);
  }

  private RpcTable table() {
    RpcMethod.Blocking<PingRequest, PingResponse> ping =
        (caller, request) -> PingResponse.newBuilder().setContent("pong").build();
    RpcMethod.Direct<SendUserTextMessageRequest, SendUserTextMessageResponse> send = this::send;
    RpcMethod.Blocking<UserGetRequest, UserGetResponse> get = this::user;
    return new RpcTable(
        List.of(
            new RpcMethod<>(UserServiceGrpc.getPingMethod(), true, ping),
            new RpcMethod<>(MessageServiceGrpc.getSendUserTextMessageMethod(), false, send),
            new RpcMethod<>(UserServiceGrpc.getGetUserMethod(), false, get)),
        new Proven());
  }

  /// Whoever calls may do what the token says.
  static final class Proven implements Proof {
    @Override
    public Caller now(Caller caller) {
      return caller;
    }

    @Override
    public void refused(Caller caller) {
      assertTrue(caller.accountId() != null);
    }

    @Override
    public void requireFresh(Caller caller) {
      assertTrue(caller.accountId() != null);
    }
  }

  /// Answers from another thread, as the writer does, in the order of the calls.
  private void send(
      Caller caller,
      SendUserTextMessageRequest request,
      Completion<SendUserTextMessageResponse> reply) {
    if (request.getText().getContent().isEmpty()) {
      throw Fault.invalid("text.content", "must not be empty");
    }
    writer.execute(
        () -> {
          long number = seq.incrementAndGet();
          post(caller, request, number);
          reply.done(
              SendUserTextMessageResponse.newBuilder()
                  .setId(caller.connection())
                  .setConversationId(1)
                  .setSeq(number)
                  .build());
        });
  }

  private void post(Caller caller, SendUserTextMessageRequest request, long number) {
    AccountId from = caller.requireAccount();
    byte[] encoded = message(number, from.value(), request.getText().getContent());
    bus.publish(
        new Event.MessagePosted(
            new ConversationId(1),
            number,
            caller.connection(),
            new Audience.Pair(from, new AccountId(request.getToUserId())),
            encoded));
  }

  void postToGroup(long number, String text) {
    bus.publish(
        new Event.MessagePosted(
            GROUP, number, 0, new Audience.Members(), message(number, 5, text)));
  }

  static byte[] message(long number, long from, String text) {
    return Message.newBuilder()
        .setId(7)
        .setConversationId(1)
        .setSeq(number)
        .setSenderId(from)
        .setText(TextMessage.newBuilder().setContent(text))
        .build()
        .toByteArray();
  }

  /// 1: waits at the gate. 2: fails with a bug. 3: an answer that is too large. 4: the caller's
  /// rights. Others: themselves.
  private UserGetResponse user(Caller caller, UserGetRequest request) {
    UserGetResponse.Builder answer = UserGetResponse.newBuilder();
    switch ((int) request.getId()) {
      case 1 -> gate.acquireUninterruptibly();
      case 2 -> throw new IllegalStateException("secret detail");
      case 3 -> answer.getUserBuilder().setNickname("x".repeat(100_000));
      case 4 -> answer.getUserBuilder().setNickname(caller.rights().toString());
      default -> answer.getUserBuilder().setId(request.getId());
    }
    return answer.build();
  }

  @Override
  public void close() {
    // Not waited for: the event loop that accepts takes two quiet seconds to end.
    var unused = server.stop();
    bus.close();
    writer.shutdownNow();
    executor.shutdownNow();
  }
}
