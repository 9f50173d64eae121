package io.parley.face.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// Messages of the native API with anything in them.
public final class RandomMessages {
  /// Methods of all services.
  public static final List<MethodDescriptor<?, ?>> METHODS =
      ApiServices.ALL.stream()
          .flatMap(service -> service.getMethods().stream())
          .<MethodDescriptor<?, ?>>map(method -> method)
          .toList();

  /// Letters that something treats in a way of its own.
  private static final String[] PIECES = {
    "a",
    "Z",
    "0",
    " ",
    "\"",
    "\\",
    "/",
    "\n",
    "\t",
    "\r",
    "\b",
    "\f",
    "\u0001",
    "\u001f",
    "\u007f",
    "<",
    ">",
    "&",
    "=",
    "'",
    "\u00e9",
    "\u4e2d",
    "\u2028",
    "\u2029",
    "\u2030",
    "\uffff",
    "\ud83d\ude00",
    "\udbff\udfff",
    "\u202e",
    "{",
    "}",
    "[",
    ",",
    ":",
    "null",
    "1e3",
    "\\u0041"
  };

  private static final long[] NUMBERS = {
    0,
    1,
    9,
    10,
    127,
    128,
    300,
    Integer.MAX_VALUE,
    1L << 31,
    0xFFFF_FFFFL,
    1L << 32,
    999_999_999_999_999_999L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1
  };

  private static final int DEPTH_MAX = 4;

  private final RandomGenerator random;

  public RandomMessages(RandomGenerator random) {
    this.random = random;
  }

  public static Message prototype(MethodDescriptor.Marshaller<?> of) {
    return (Message) Objects.requireNonNull(((PrototypeMarshaller<?>) of).getMessagePrototype());
  }

  /// A message like `prototype`, each of its fields set or not.
  public Message like(Message prototype) {
    Message.Builder into = prototype.newBuilderForType();
    fill(into, 0);
    return into.build();
  }

  private void fill(Message.Builder into, int depth) {
    if (into instanceof Timestamp.Builder time) {
      time.setSeconds(random.nextLong(0, 253_402_300_800L));
      time.setNanos(
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1_000_000 * random.nextInt(1000);
            case 2 -> 1_000 * random.nextInt(1_000_000);
            default -> random.nextInt(1_000_000_000);
          });
      return;
    }
    for (FieldDescriptor field : into.getDescriptorForType().getFields()) {
      if (random.nextInt(3) == 0) {
        continue;
      }
      if (field.isRepeated()) {
        // Entries of a map could have the same key.
        for (int n = random.nextInt(field.isMapField() ? 2 : 4); n > 0; n--) {
          into.addRepeatedField(field, value(into, field, depth));
        }
      } else {
        into.setField(field, value(into, field, depth));
      }
    }
  }

  private Object value(Message.Builder into, FieldDescriptor field, int depth) {
    long number =
        random.nextInt(4) == 0 ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
    return switch (field.getJavaType()) {
      case INT -> (int) number;
      case LONG -> number;
      case BOOLEAN -> random.nextBoolean();
      case FLOAT -> (float) real();
      case DOUBLE -> real();
      case STRING -> text();
      case BYTE_STRING -> ByteString.copyFromUtf8(text());
      case ENUM -> {
        List<EnumValueDescriptor> values = field.getEnumType().getValues();
        yield random.nextInt(10) == 0
            ? field.getEnumType().findValueByNumberCreatingIfUnknown(987)
            : values.get(random.nextInt(values.size()));
      }
      case MESSAGE -> {
        Message.Builder nested = into.newBuilderForField(field);
        if (depth < DEPTH_MAX) {
          fill(nested, depth + 1);
        }
        yield nested.build();
      }
    };
  }

  private double real() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> -0.0;
      case 2 -> 90;
      case 3 -> Double.NaN;
      case 4 -> Double.NEGATIVE_INFINITY;
      default -> random.nextDouble(-1e9, 1e9);
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
