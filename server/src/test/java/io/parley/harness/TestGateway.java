package io.parley.harness;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.parley.api.gateway.GatewayServiceGrpc;
import io.parley.api.gateway.RegisterRequest;
import io.parley.api.gateway.SendMessageRequest;
import io.parley.api.gateway.SendMessageResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An external gateway: one stream, and the other methods of its service.
public final class TestGateway implements AutoCloseable {
  /// What `security.service_tokens` must know.
  public static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final String id;
  private final ManagedChannel channel;
  private final Metadata headers = new Metadata();
  private final ClientCall<SendMessageRequest, SendMessageResponse> call;
  private final BlockingQueue<SendMessageResponse> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();
  private boolean reading = true;

  /// Opens the stream; nothing is sent yet.
  public TestGateway(TestServer server, String id, String token) {
    this.id = id;
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    if (!token.isEmpty()) {
      headers.put(AUTHORIZATION, "bearer " + token);
    }
    call = channel.newCall(GatewayServiceGrpc.getSendMessageMethod(), CallOptions.DEFAULT);
    Metadata own = new Metadata();
    own.merge(headers);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(SendMessageResponse frame) {
            frames.add(frame);
            if (reading) {
              call.request(1);
            }
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
          }
        },
        own);
    call.request(1);
  }

  /// A gateway that has said A001.
  public static TestGateway bound(TestServer server, String id) {
    return bound(server, id, TOKEN);
  }

  public static TestGateway bound(TestServer server, String id, String token) {
    TestGateway gateway = new TestGateway(server, id, token);
    gateway.send("A001", 1, "", "");
    gateway.expect("A002", 1);
    return gateway;
  }

  public GatewayServiceGrpc.GatewayServiceBlockingStub unary() {
    return GatewayServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  public void register(long client) {
    unary()
        .register(
            RegisterRequest.newBuilder()
                .setGatewayId(id)
                .setClientId(Long.toString(client))
                .build());
  }

  public void send(String cmd, int requestId, String sender, String data) {
    send(cmd, requestId, sender, ByteString.copyFromUtf8(data));
  }

  public void send(String cmd, int requestId, String sender, ByteString data) {
    send(
        SendMessageRequest.newBuilder()
            .setGatewayId(id)
            .setCmd(cmd)
            .setRequestId(requestId)
            .setSenderId(sender)
            .setData(data)
            .build());
  }

  public void send(SendMessageRequest frame) {
    call.sendMessage(frame);
  }

  /// Reads nothing from now on but what was asked for.
  public void stopReading() {
    reading = false;
  }

  public void end() {
    call.halfClose();
  }

  public SendMessageResponse next() {
    try {
      SendMessageResponse frame = frames.poll(10, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no frame came; ended: " + ended.getNow(null));
      }
      return frame;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// The next frame, which must be that.
  public SendMessageResponse expect(String cmd, int requestId) {
    SendMessageResponse frame = next();
    if (!frame.getCmd().equals(cmd) || frame.getRequestId() != requestId) {
      throw new AssertionError("not " + cmd + " " + requestId + ": " + frame);
    }
    return frame;
  }

  /// Nothing comes before the answer to a ping.
  public void expectNothing() {
    send("A001", 999, "", "");
    expect("A002", 999);
  }

  public boolean hasEnded() {
    return ended.isDone();
  }

  public Status ended() {
    try {
      return ended.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the stream goes on", e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
