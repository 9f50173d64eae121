package io.parley.face.grpc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the protos say: the comment above each service, method, message, field, enum and value.
///
/// Generated code has no comments, so this reads the descriptors that the build keeps beside it.
final class ProtoComments {
  private static final String DESCRIPTORS = "/io/parley/api/descriptors.binpb";
  private static final Pattern SENTENCE = Pattern.compile("^.*?\\.(?= +[A-Z]|$)");

  private final Map<String, String> byName = new HashMap<>();

  private ProtoComments(FileDescriptorSet files) {
    files.getFileList().forEach(this::add);
  }

  /// Those of the protos that the program was built with.
  static ProtoComments read() {
    try (InputStream in = ProtoComments.class.getResourceAsStream(DESCRIPTORS)) {
      if (in == null) {
        throw new IllegalStateException(DESCRIPTORS + " is not packed");
      }
      return new ProtoComments(FileDescriptorSet.parseFrom(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All that is said of the element with that full name, in one line; empty if nothing is.
  String of(String fullName) {
    return byName.getOrDefault(fullName, "");
  }

  /// The first sentence of that, without its full stop.
  String summary(String fullName) {
    String comment = of(fullName);
    Matcher sentence = SENTENCE.matcher(comment);
    String first = sentence.find() ? sentence.group() : comment;
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private void add(FileDescriptorProto file) {
    for (Location location : file.getSourceCodeInfo().getLocationList()) {
      if (location.hasLeadingComments()) {
        String name = name(file, location.getPathList());
        if (!name.isEmpty()) {
          byName.put(
              file.getPackage() + "." + name,
              location.getLeadingComments().strip().replaceAll("\\s+", " "));
        }
      }
    }
  }

  /// The element at `path`, which is as the comments of descriptor.proto explain, without its
  /// package; empty for any other place.
  private static String name(FileDescriptorProto file, List<Integer> path) {
    if (path.size() != 2 && path.size() != 4) {
      return "";
    }
    int first = path.get(1);
    int part = path.size() == 4 ? path.get(2) : 0;
    int second = path.size() == 4 ? path.get(3) : 0;
    return switch (path.getFirst()) {
      case FileDescriptorProto.SERVICE_FIELD_NUMBER -> {
        ServiceDescriptorProto service = file.getService(first);
        yield part == ServiceDescriptorProto.METHOD_FIELD_NUMBER
            ? service.getName() + "." + service.getMethod(second).getName()
            : service.getName();
      }
      case FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER -> {
        DescriptorProto message = file.getMessageType(first);
        yield switch (part) {
          case 0 -> message.getName();
          case DescriptorProto.FIELD_FIELD_NUMBER ->
              message.getName() + "." + message.getField(second).getName();
          default -> "";
        };
      }
      case FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER -> {
        EnumDescriptorProto type = file.getEnumType(first);
        // In protobuf a value is a sibling of its type; here it goes by the type's name.
        yield part == EnumDescriptorProto.VALUE_FIELD_NUMBER
            ? type.getName() + "." + type.getValue(second).getName()
            : type.getName();
      }
      default -> "";
    };
  }
}
