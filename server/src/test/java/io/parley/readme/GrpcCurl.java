package io.parley.readme;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What grpcurl does with the flags that the documents use: asks the server by reflection for the
/// method, sends JSON, prints JSON. For machines without grpcurl.
final class GrpcCurl {
  private static final int SECONDS_MAX = 20;

  private GrpcCurl() {}

  public static void main(String[] args) throws Exception {
    Metadata headers = new Metadata();
    String data = "";
    List<String> words = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "-plaintext" -> {}
        case "-H" -> {
          String[] header = args[++i].split(":", 2);
          headers.put(
              Metadata.Key.of(header[0].strip(), Metadata.ASCII_STRING_MARSHALLER),
              header[1].strip());
        }
        case "-d" -> data = args[++i];
        default -> words.add(args[i]);
      }
    }
    if (data.equals("@")) {
      data = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
    ManagedChannel channel = ManagedChannelBuilder.forTarget(words.get(0)).usePlaintext().build();
    try {
      call(channel, words.get(1), data, headers);
    } catch (StatusRuntimeException e) {
      System.err.println("ERROR:\n  Code: " + e.getStatus().getCode());
      System.err.println("  Message: " + e.getStatus().getDescription());
      System.exit(64 + e.getStatus().getCode().value());
    } finally {
      channel.shutdownNow();
    }
  }

  private static void call(ManagedChannel channel, String name, String data, Metadata headers)
      throws Exception {
    MethodDescriptor method = method(channel, name);
    DynamicMessage.Builder request = DynamicMessage.newBuilder(method.getInputType());
    JsonFormat.parser().merge(data, request);
    var descriptor =
        io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
            .setFullMethodName(name)
            .setType(
                method.isClientStreaming()
                    ? io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING
                    : io.grpc.MethodDescriptor.MethodType.UNARY)
            .setRequestMarshaller(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
            .setResponseMarshaller(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
            .build();
    var intercepted =
        io.grpc.ClientInterceptors.intercept(
            channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    if (!method.isClientStreaming()) {
      print(
          ClientCalls.blockingUnaryCall(
              intercepted, descriptor, CallOptions.DEFAULT, request.build()));
      return;
    }
    Answers answers = new Answers();
    StreamObserver<DynamicMessage> out =
        ClientCalls.asyncBidiStreamingCall(
            intercepted.newCall(descriptor, CallOptions.DEFAULT), answers);
    out.onNext(request.build());
    out.onCompleted();
    for (Object each = answers.next(); each instanceof DynamicMessage message; ) {
      print(message);
      each = answers.next();
    }
  }

  private static void print(DynamicMessage message) throws Exception {
    System.out.println(JsonFormat.printer().print(message));
  }

  private static final class Answers implements StreamObserver<DynamicMessage> {
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    @Override
    public void onNext(DynamicMessage message) {
      heard.add(message);
    }

    @Override
    public void onError(Throwable why) {
      heard.add(why);
    }

    @Override
    public void onCompleted() {
      heard.add("end");
    }

    Object next() throws InterruptedException {
      Object each = heard.poll(SECONDS_MAX, TimeUnit.SECONDS);
      if (each == null) {
        throw new IllegalStateException("no answer");
      }
      if (each instanceof RuntimeException failed) {
        throw failed;
      }
      return each;
    }
  }

  // --- reflection

  private static MethodDescriptor method(ManagedChannel channel, String name) throws Exception {
    String service = name.substring(0, name.indexOf('/'));
    Map<String, FileDescriptorProto> files = new HashMap<>();
    Iterator<ServerReflectionResponse> answers =
        ask(channel, ServerReflectionRequest.newBuilder().setFileContainingSymbol(service).build());
    String first = "";
    while (answers.hasNext()) {
      for (ByteString bytes :
          answers.next().getFileDescriptorResponse().getFileDescriptorProtoList()) {
        FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes);
        files.put(file.getName(), file);
        boolean holds =
            file.getServiceList().stream()
                .anyMatch(each -> service.equals(file.getPackage() + "." + each.getName()));
        first = holds ? file.getName() : first;
      }
    }
    FileDescriptor file = build(channel, first, files, new HashMap<>());
    return file.findServiceByName(service.substring(service.lastIndexOf('.') + 1))
        .findMethodByName(name.substring(name.indexOf('/') + 1));
  }

  private static FileDescriptor build(
      ManagedChannel channel,
      String name,
      Map<String, FileDescriptorProto> files,
      Map<String, FileDescriptor> built)
      throws Exception {
    FileDescriptor known = built.get(name);
    if (known != null) {
      return known;
    }
    if (!files.containsKey(name)) {
      ask(channel, ServerReflectionRequest.newBuilder().setFileByFilename(name).build())
          .forEachRemaining(
              answer ->
                  answer
                      .getFileDescriptorResponse()
                      .getFileDescriptorProtoList()
                      .forEach(bytes -> put(files, bytes)));
    }
    FileDescriptorProto proto = files.get(name);
    if (proto == null) {
      throw new IllegalStateException("the server does not know " + name);
    }
    List<FileDescriptor> needed = new ArrayList<>();
    for (String each : proto.getDependencyList()) {
      needed.add(build(channel, each, files, built));
    }
    FileDescriptor file =
        FileDescriptor.buildFrom(proto, needed.toArray(FileDescriptor[]::new), true);
    built.put(name, file);
    return file;
  }

  private static void put(Map<String, FileDescriptorProto> files, ByteString bytes) {
    try {
      FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes);
      files.put(file.getName(), file);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Iterator<ServerReflectionResponse> ask(
      ManagedChannel channel, ServerReflectionRequest request) throws InterruptedException {
    BlockingQueue<List<ServerReflectionResponse>> all = new LinkedBlockingQueue<>();
    List<ServerReflectionResponse> answers = new ArrayList<>();
    StreamObserver<ServerReflectionRequest> out =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse answer) {
                    answers.add(answer);
                  }

                  @Override
                  public void onError(Throwable why) {
                    all.add(answers);
                  }

                  @Override
                  public void onCompleted() {
                    all.add(answers);
                  }
                });
    out.onNext(request);
    out.onCompleted();
    List<ServerReflectionResponse> heard = all.poll(SECONDS_MAX, TimeUnit.SECONDS);
    return heard == null ? List.<ServerReflectionResponse>of().iterator() : heard.iterator();
  }
}
