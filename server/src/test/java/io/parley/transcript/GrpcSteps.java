package io.parley.transcript;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.parley.api.common.CommonResponse;
import io.parley.face.rpc.RpcJson;
import io.parley.transcript.Transcript.Entry;
import io.parley.transcript.Transcript.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `grpc METHOD`: one unary call. `stream NAME open METHOD` and `stream NAME`: a call that streams.
final class GrpcSteps implements AutoCloseable {
  private static final Pattern METADATA = Pattern.compile("([a-z][a-z0-9-]*): (.*)");
  private static final Pattern STATUS = Pattern.compile("([A-Z_]+)(?: (\\{.*))?", Pattern.DOTALL);

  private final Stage stage;
  private final Scope scope;
  private final Exchanges exchanges;
  private final Map<String, Call> calls = new HashMap<>();
  private @Nullable ManagedChannel channel;

  GrpcSteps(Stage stage, Scope scope, Exchanges exchanges) {
    this.stage = stage;
    this.scope = scope;
    this.exchanges = exchanges;
  }

  void unary(Step step) {
    String name = scope.expand(step.arguments());
    Call call = start(name, step);
    boolean sent = false;
    for (Entry entry : step.sent()) {
      if (!METADATA.matcher(entry.text()).matches()) {
        call.send(scope.expand(entry.text()));
        sent = true;
      }
    }
    if (!sent) {
      call.send("{}");
    }
    call.call.halfClose();
    List<Entry> expected = step.expected();
    if (expected.isEmpty()) {
      throw new Mismatch("the step expects nothing");
    }
    // The status is known last and asked for first, so that a failure shows it.
    String end = call.end();
    status(expected.getFirst().text(), end);
    String answer = "";
    for (Entry entry : expected.subList(1, expected.size())) {
      Matcher metadata = METADATA.matcher(entry.text());
      if (metadata.matches()) {
        call.checkMetadata(metadata.group(1), metadata.group(2));
      } else {
        answer = call.inbox.expect(scope, entry.text());
      }
    }
    exchanges.add("grpc " + name, end + " " + answer);
  }

  void stream(Step step) {
    String[] words = scope.expand(step.arguments()).split(" ");
    if (words.length == 3 && words[1].equals("open")) {
      calls.put(words[0], start(words[2], step));
    }
    Call call = calls.get(words[0]);
    if (call == null) {
      throw new Mismatch("no stream " + words[0] + " is open");
    }
    for (Entry entry : step.entries()) {
      String text = entry.text();
      Matcher metadata = METADATA.matcher(text);
      if (!entry.sent() && metadata.matches()) {
        call.checkMetadata(metadata.group(1), metadata.group(2));
      } else if (!entry.sent() && text.startsWith("end ")) {
        String end = call.end();
        status(text.substring(4), end);
        exchanges.add("grpc " + call.name, end);
      } else if (!entry.sent()) {
        exchanges.add("grpc " + call.name, "OK " + call.inbox.expect(scope, text));
      } else if (text.equals("end")) {
        call.call.halfClose();
      } else if (text.equals("cancel")) {
        call.call.cancel("by the transcript", null);
      } else if (!METADATA.matcher(text).matches()) {
        call.send(scope.expand(text));
      }
    }
  }

  private void status(String expected, String actual) {
    Matcher status = STATUS.matcher(expected);
    if (!status.matches()) {
      throw new Mismatch("the first expectation of a call is its status, not " + expected);
    }
    int space = actual.indexOf(' ');
    String code = space < 0 ? actual : actual.substring(0, space);
    if (!status.group(1).equals(code)) {
      throw new Mismatch(expected, actual);
    }
    if (status.group(2) != null) {
      JsonMatch.check(scope, status.group(2), space < 0 ? "" : actual.substring(space + 1));
    }
  }

  private Call start(String name, Step step) {
    Metadata headers = new Metadata();
    for (Entry entry : step.sent()) {
      Matcher metadata = METADATA.matcher(entry.text());
      if (metadata.matches()) {
        headers.put(key(metadata.group(1)), scope.expand(metadata.group(2)));
      }
    }
    return new Call(name, headers);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private ManagedChannel channel() {
    ManagedChannel open = channel;
    if (open == null) {
      open =
          NettyChannelBuilder.forAddress("127.0.0.1", stage.port())
              .usePlaintext()
              .maxInboundMessageSize(16 << 20)
              .build();
      channel = open;
    }
    return open;
  }

  @Override
  public void close() {
    calls.clear();
    ManagedChannel open = channel;
    channel = null;
    if (open != null) {
      open.shutdownNow();
    }
  }

  /// One call: what is sent and received is the bytes of messages.
  private final class Call extends ClientCall.Listener<byte[]> {
    private final String name;
    private final MethodDescriptor method;
    private final ClientCall<byte[], byte[]> call;
    private final Inbox inbox = new Inbox();
    private final Inbox ended = new Inbox();
    private volatile Metadata headers = new Metadata();
    private volatile Metadata trailers = new Metadata();

    Call(String name, Metadata metadata) {
      this.name = name;
      method = ApiMethods.require(name);
      MethodType type =
          method.isClientStreaming() || method.isServerStreaming()
              ? MethodType.BIDI_STREAMING
              : MethodType.UNARY;
      call =
          channel()
              .newCall(
                  io.grpc.MethodDescriptor.newBuilder(Raw.MARSHALLER, Raw.MARSHALLER)
                      .setFullMethodName(name)
                      .setType(type)
                      .build(),
                  CallOptions.DEFAULT);
      call.start(this, metadata);
      call.request(Integer.MAX_VALUE);
    }

    void send(String text) {
      if (text.startsWith("@")) {
        call.sendMessage(Bodies.bytes(text));
        return;
      }
      DynamicMessage.Builder message = DynamicMessage.newBuilder(method.getInputType());
      try {
        RpcJson.parse(text, message);
      } catch (InvalidProtocolBufferException e) {
        throw new Mismatch(text + " is no " + method.getInputType().getFullName() + ": " + e);
      }
      call.sendMessage(message.build().toByteArray());
    }

    /// `OK`, or the code and the CommonResponse as JSON. Waits for the end.
    String end() {
      return ended.expect(scope, "${any}");
    }

    void checkMetadata(String key, String expected) {
      String value = headers.get(key(key));
      String known = value == null ? trailers.get(key(key)) : value;
      if (known == null || !scope.matches(expected, known)) {
        throw new Mismatch(key + ": " + expected, String.valueOf(known));
      }
    }

    @Override
    public void onHeaders(Metadata received) {
      headers = received;
    }

    @Override
    public void onMessage(byte[] bytes) {
      try {
        inbox.add(RpcJson.print(DynamicMessage.parseFrom(method.getOutputType(), bytes)));
      } catch (InvalidProtocolBufferException e) {
        inbox.add("not a " + method.getOutputType().getFullName() + ": " + e);
      }
    }

    @Override
    public void onClose(Status status, Metadata received) {
      trailers = received;
      ended.add(status.isOk() ? "OK" : status.getCode() + " " + detail(status, received));
    }
  }

  private static String detail(Status status, Metadata trailers) {
    com.google.rpc.Status details = StatusProto.fromThrowable(status.asRuntimeException(trailers));
    if (details != null) {
      for (Any any : details.getDetailsList()) {
        if (any.is(CommonResponse.class)) {
          try {
            return RpcJson.print(any.unpack(CommonResponse.class));
          } catch (InvalidProtocolBufferException e) {
            return e.toString();
          }
        }
      }
    }
    return String.valueOf(status.getDescription());
  }

  /// Messages as the bytes that they are on the wire.
  private static final class Raw implements io.grpc.MethodDescriptor.Marshaller<byte[]> {
    static final Raw MARSHALLER = new Raw();

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
