package io.parley.face.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every text, list and run of bytes of every method has a maximum: found by the descriptors, so a
/// field that is added without one is found too.
class EveryFieldTest {
  /// By its contract, logging out somebody who is not logged in succeeds, whoever that may be.
  private static final String LOGOUT = "proto.UserService/Logout username";

  private static final int CHARS = 40_000;
  private static final int ELEMENTS = 3_000;

  @TempDir private Path dir;

  private record Oversized(
      MethodDescriptor<Message, Message> method, String field, Message request) {}

  @Test
  void oversizedField_isRefused_inEveryMethod() {
    try (TestServer server = TestServer.start(dir)) {
      GrpcPerson bob = GrpcPerson.register(server, "bob");
      try (GrpcPerson ann = GrpcPerson.register(server, "ann")) {
        TestServer.command(dir, "account", "grant", "ann", "admin", "mail");
        List<Oversized> all = oversized(bob.id());
        assertTrue(all.size() > 80, "found only " + all.size());
        Set<String> wrong = new TreeSet<>();
        for (Oversized each : all) {
          Status.Code code = ask(ann, each);
          String field = each.method.getFullMethodName() + " " + each.field;
          if (!REFUSALS.contains(code) && !field.equals(LOGOUT)) {
            wrong.add(field + ": " + code);
          }
        }
        assertEquals(Set.of(), wrong);
      } finally {
        bob.close();
      }
    }
  }

  private static final Set<Status.Code> REFUSALS =
      Set.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.OUT_OF_RANGE,
          Status.Code.NOT_FOUND,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.PERMISSION_DENIED,
          Status.Code.RESOURCE_EXHAUSTED);

  private static Status.Code ask(GrpcPerson as, Oversized oversized) {
    Metadata metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + as.token());
    try {
      Message answer =
          ClientCalls.blockingUnaryCall(
              ClientInterceptors.intercept(
                  as.channel(), MetadataUtils.newAttachHeadersInterceptor(metadata)),
              oversized.method,
              CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
              oversized.request);
      // The entry contract tells its failures in the answer.
      FieldDescriptor code = answer.getDescriptorForType().findFieldByName("code");
      boolean refused = code != null && !answer.getField(code).equals(0);
      return refused ? Status.Code.INVALID_ARGUMENT : Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Oversized> oversized(long anybody) {
    List<Oversized> all = new ArrayList<>();
    for (ServiceDescriptor service : ApiServices.ALL) {
      for (MethodDescriptor<?, ?> each : service.getMethods()) {
        if (each.getType() == MethodDescriptor.MethodType.UNARY) {
          MethodDescriptor<Message, Message> method = (MethodDescriptor<Message, Message>) each;
          var marshaller =
              (MethodDescriptor.PrototypeMarshaller<Message>) method.getRequestMarshaller();
          Message empty = Objects.requireNonNull(marshaller.getMessagePrototype());
          collect(method, empty, "", inner -> inner, anybody, all);
        }
      }
    }
    return all;
  }

  /// Adds a request for each field of `part`; `around` puts a changed part into its request.
  private static void collect(
      MethodDescriptor<Message, Message> method,
      Message part,
      String path,
      UnaryOperator<Message> around,
      long anybody,
      List<Oversized> all) {
    Message addressed = addressed(part, anybody);
    for (FieldDescriptor field : part.getDescriptorForType().getFields()) {
      String name = path + field.getName();
      if (field.isRepeated()) {
        Message.Builder many = addressed.toBuilder();
        Object element = element(many, field);
        for (int i = 0; i < ELEMENTS; i++) {
          many.addRepeatedField(field, element);
        }
        all.add(new Oversized(method, name, around.apply(many.build())));
        if (field.getJavaType() == FieldDescriptor.JavaType.STRING) {
          Message huge = addressed.toBuilder().addRepeatedField(field, huge(field)).build();
          all.add(new Oversized(method, name + "[0]", around.apply(huge)));
        }
      } else if (field.getJavaType() == FieldDescriptor.JavaType.STRING
          || field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING) {
        Message huge = addressed.toBuilder().setField(field, huge(field)).build();
        all.add(new Oversized(method, name, around.apply(huge)));
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        Message inner = addressed.newBuilderForType().newBuilderForField(field).build();
        UnaryOperator<Message> deeper =
            changed -> around.apply(addressed.toBuilder().setField(field, changed).build());
        collect(method, inner, name + ".", deeper, anybody, all);
      }
    }
  }

  /// With an account in every place for a number of 64 bits, so that somebody is there.
  private static Message addressed(Message part, long anybody) {
    Message.Builder builder = part.toBuilder();
    for (FieldDescriptor field : part.getDescriptorForType().getFields()) {
      if (!field.isRepeated() && field.getJavaType() == FieldDescriptor.JavaType.LONG) {
        builder.setField(field, anybody);
      }
    }
    return builder.build();
  }

  private static Object element(Message.Builder in, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> in.newBuilderForField(field).build();
      case STRING -> "x";
      case BYTE_STRING -> ByteString.copyFromUtf8("x");
      case INT -> 1;
      case LONG -> 1L;
      case BOOLEAN -> true;
      case FLOAT -> 1f;
      case DOUBLE -> 1d;
      case ENUM -> field.getEnumType().getValues().getFirst();
    };
  }

  private static Object huge(FieldDescriptor field) {
    String text = "x".repeat(CHARS);
    return field.getJavaType() == FieldDescriptor.JavaType.STRING
        ? text
        : ByteString.copyFromUtf8(text);
  }
}
