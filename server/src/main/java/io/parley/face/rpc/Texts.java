package io.parley.face.rpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.parley.base.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The texts of a request, wherever they stand in it: none may hold U+0000. That they are UTF-8 is
/// the decoder's business.
public final class Texts {
  /// Of each type the fields that are texts or may hold some, so that a look costs as much as the
  /// request has texts. Types are those of the API.
  private static final Map<Descriptor, List<FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

  private Texts() {}

  /// @throws Fault INVALID_FIELD naming the field
  public static void require(Message message) {
    // Looking into each field costs several times what writing the message does, and most have no
    // byte 0 at all, in a text or elsewhere.
    if (holdsZero(message.toByteArray())) {
      require(message, "");
    }
  }

  private static boolean holdsZero(byte[] bytes) {
    for (byte each : bytes) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }

  private static void require(Message message, String path) {
    for (FieldDescriptor field :
        FIELDS.computeIfAbsent(message.getDescriptorForType(), Texts::fields)) {
      if (field.isRepeated()) {
        int count = message.getRepeatedFieldCount(field);
        for (int i = 0; i < count; i++) {
          require(message.getRepeatedField(field, i), field, path);
        }
      } else if (field.getJavaType() == JavaType.STRING || message.hasField(field)) {
        require(message.getField(field), field, path);
      }
    }
  }

  private static void require(Object value, FieldDescriptor field, String path) {
    if (value instanceof String text) {
      if (text.indexOf('\0') >= 0) {
        throw Fault.invalid(path + field.getName(), "must not contain U+0000");
      }
    } else if (value instanceof Message inner) {
      require(inner, path + field.getName() + ".");
    }
  }

  private static List<FieldDescriptor> fields(Descriptor type) {
    List<FieldDescriptor> fields = new ArrayList<>();
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJavaType() == JavaType.STRING || field.getJavaType() == JavaType.MESSAGE) {
        fields.add(field);
      }
    }
    return List.copyOf(fields);
  }
}
