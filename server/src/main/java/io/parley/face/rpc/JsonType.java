package io.parley.face.rpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What [JsonWriter] and [JsonReader] know of one message type, worked out once from its
/// descriptor.
final class JsonType {
  /// What stands in a field, as far as its form in JSON goes. OTHER is left to the general
  /// converter.
  enum Kind {
    INT32,
    UINT32,
    INT64,
    UINT64,
    BOOL,
    DOUBLE,
    STRING,
    BYTES,
    ENUM,
    TIMESTAMP,
    MESSAGE,
    OTHER
  }

  /// One field.
  ///
  /// @param label `"name":`, the name as the proto has it
  /// @param bit what tells it from the others of its type; members of a oneof have the same
  /// @param type of a MESSAGE; null otherwise
  /// @param names of an ENUM, by number; empty otherwise
  /// @param numbers of an ENUM, by name; empty otherwise
  /// @param absent what is printed where it is not set; null for nothing
  record Field(
      int number,
      Kind kind,
      boolean repeated,
      byte[] label,
      long bit,
      @Nullable JsonType type,
      Map<Integer, byte[]> names,
      Map<String, Integer> numbers,
      byte @Nullable [] absent) {}

  private static final int FIELDS_MAX = 64;
  private static final Map<Descriptor, JsonType> KNOWN = new ConcurrentHashMap<>();

  private Field[] fields = {};

  /// By the name in the proto and by the one in proto3 JSON.
  private final Map<String, Field> byName = new HashMap<>();

  /// Has a form of its own in JSON, as `google.protobuf.Timestamp` has.
  private final boolean special;

  private boolean usual;

  private JsonType(boolean special) {
    this.special = special;
  }

  /// The type of messages with this descriptor.
  static JsonType of(Descriptor descriptor) {
    JsonType known = KNOWN.get(descriptor);
    return known != null ? known : work(descriptor);
  }

  /// Whether it has nothing that is left to the general converter, in what it contains neither.
  boolean isUsual() {
    return usual;
  }

  /// By number, ascending.
  Field[] fields() {
    return fields;
  }

  @Nullable Field named(String name) {
    return byName.get(name);
  }

  // Types may contain themselves, so all that belong together are made before one is known.
  private static synchronized JsonType work(Descriptor descriptor) {
    Map<Descriptor, JsonType> made = new HashMap<>();
    JsonType type = make(descriptor, made);
    Set<JsonType> unusual = new HashSet<>();
    while (spread(made.values(), unusual)) {}
    made.forEach((of, one) -> one.usual = !unusual.contains(one));
    made.forEach(KNOWN::putIfAbsent);
    return type;
  }

  private static boolean spread(Iterable<JsonType> types, Set<JsonType> unusual) {
    boolean more = false;
    for (JsonType type : types) {
      boolean is =
          Arrays.stream(type.fields)
              .anyMatch(f -> f.kind == Kind.OTHER || (f.type != null && unusual.contains(f.type)));
      more |= (is || type.special) && unusual.add(type);
    }
    return more;
  }

  private static JsonType make(Descriptor descriptor, Map<Descriptor, JsonType> made) {
    JsonType begun = made.get(descriptor);
    if (begun != null) {
      return begun;
    }
    JsonType type = new JsonType(isSpecial(descriptor));
    made.put(descriptor, type);
    List<FieldDescriptor> all =
        descriptor.getFields().stream()
            .sorted(Comparator.comparingInt(FieldDescriptor::getNumber))
            .toList();
    type.fields = new Field[all.size()];
    for (int i = 0; i < all.size(); i++) {
      FieldDescriptor of = all.get(i);
      Field field = field(of, all, made);
      type.fields[i] = field;
      type.byName.put(of.getName(), field);
      type.byName.put(of.getJsonName(), field);
    }
    return type;
  }

  private static boolean isSpecial(Descriptor type) {
    return type.getFile().getPackage().equals("google.protobuf");
  }

  private static Field field(
      FieldDescriptor of, List<FieldDescriptor> all, Map<Descriptor, JsonType> made) {
    Kind kind = all.size() > FIELDS_MAX || of.isMapField() ? Kind.OTHER : kind(of);
    FieldDescriptor first =
        of.getContainingOneof() == null ? of : of.getContainingOneof().getField(0);
    Map<Integer, byte[]> names = new HashMap<>();
    Map<String, Integer> numbers = new HashMap<>();
    if (kind == Kind.ENUM) {
      EnumDescriptor values = of.getEnumType();
      for (EnumValueDescriptor value : values.getValues()) {
        names.putIfAbsent(value.getNumber(), bytes('"' + value.getName() + '"'));
        numbers.put(value.getName(), value.getNumber());
      }
    }
    return new Field(
        of.getNumber(),
        kind,
        of.isRepeated(),
        bytes('"' + of.getName() + "\":"),
        1L << (all.indexOf(first) % FIELDS_MAX),
        kind == Kind.MESSAGE ? make(of.getMessageType(), made) : null,
        names,
        numbers,
        absent(of, kind, names));
  }

  private static Kind kind(FieldDescriptor of) {
    return switch (of.getType()) {
      case INT32 -> Kind.INT32;
      case UINT32 -> Kind.UINT32;
      case INT64 -> Kind.INT64;
      case UINT64 -> Kind.UINT64;
      case BOOL -> Kind.BOOL;
      case DOUBLE -> Kind.DOUBLE;
      case STRING -> Kind.STRING;
      case BYTES -> Kind.BYTES;
      case ENUM -> Kind.ENUM;
      case MESSAGE -> {
        if (of.getMessageType().equals(Timestamp.getDescriptor())) {
          yield Kind.TIMESTAMP;
        }
        yield isSpecial(of.getMessageType()) ? Kind.OTHER : Kind.MESSAGE;
      }
      default -> Kind.OTHER;
    };
  }

  private static byte @Nullable [] absent(
      FieldDescriptor of, Kind kind, Map<Integer, byte[]> names) {
    if (of.isRepeated()) {
      return bytes("[]");
    }
    if (of.hasPresence()) {
      return null;
    }
    return switch (kind) {
      case INT32, UINT32 -> bytes("0");
      case INT64, UINT64 -> bytes("\"0\"");
      case BOOL -> bytes("false");
      case DOUBLE -> bytes("0.0");
      case ENUM -> names.get(0);
      case STRING, BYTES, TIMESTAMP, MESSAGE, OTHER -> bytes("\"\"");
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
