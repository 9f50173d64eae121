package io.parley.face.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;

/// The native API's JSON: proto3 JSON with the documented snake_case names and default values
/// present in output; either case accepted in input, unknown fields refused.
public final class RpcJson {
  /// Output as every JSON answer and push has it.
  public static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .preservingProtoFieldNames()
          .alwaysPrintFieldsWithNoPresence()
          .omittingInsignificantWhitespace();

  /// Input. Depth is bounded by the library at 100.
  public static final JsonFormat.Parser PARSER = JsonFormat.parser();

  private RpcJson() {}

  public static String print(MessageOrBuilder message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Appends `message` as [#PRINTER] prints it.
  public static void write(Message message, Utf8Sink out) {
    write(message.toByteArray(), message, out);
  }

  /// Appends the message that `serialized` is, of the same type as `prototype`.
  public static void write(byte[] serialized, Message prototype, Utf8Sink out) {
    int before = out.size();
    try {
      JsonWriter.write(serialized, JsonType.of(prototype.getDescriptorForType()), out);
    } catch (Unusual e) {
      out.cut(before);
      try {
        out.put(
            print(prototype.getParserForType().parseFrom(serialized))
                .getBytes(StandardCharsets.UTF_8));
      } catch (InvalidProtocolBufferException bad) {
        throw new IllegalStateException("not what it was said to be", bad);
      }
    }
  }

  /// @throws InvalidProtocolBufferException with a text that is safe to show
  public static void parse(String json, Message.Builder into)
      throws InvalidProtocolBufferException {
    PARSER.merge(json, into);
  }
}
