package io.parley.face.socket;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.parley.face.edge.StrictJson;
import io.parley.face.rpc.JsonReader;
import io.parley.face.rpc.RpcMethod;
import io.parley.face.rpc.RpcTable;
import java.io.IOException;

/// A frame in JSON: `{"cmd":…,"request_id":…,"data":{…}}`, members in any order, `data` optional.
///
/// The envelope is read strictly: no unknown or repeated member, no trailing text, at most 64
/// levels deep, numbers without an exponent over three digits (a parser that expands 1e999999999 is
/// a weapon).
record TextRequest(String cmd, int id, String json) implements Request {
  private static final long UINT32_MAX = 0xFFFF_FFFFL;

  @Override
  public int dataBytes() {
    return json.length();
  }

  @Override
  public <Q extends Message> Q data(Q prototype) {
    return TextWire.read(json, prototype);
  }

  /// A frame for one of `table`'s methods whose data was read with it.
  private record UsualRequest(JsonReader.Call call) implements Request {
    @Override
    public String cmd() {
      return call.name();
    }

    @Override
    public int id() {
      return call.id();
    }

    @Override
    public int dataBytes() {
      return call.chars();
    }

    @Override
    @SuppressWarnings("unchecked") // a message's parser makes messages of its own type
    public <Q extends Message> Q data(Q prototype) {
      try {
        return (Q) prototype.getParserForType().parseFrom(call.data());
      } catch (InvalidProtocolBufferException e) {
        throw Request.malformed(e);
      }
    }
  }

  /// What is usual is read in one pass, everything else by the general readers; neither takes what
  /// the other refuses.
  static Request parse(String text, RpcTable table) throws BadFrame {
    JsonReader.Call call =
        JsonReader.call(
            text,
            name -> {
              RpcMethod<?, ?> method = table.find(name);
              return method == null ? null : method.prototype();
            });
    return call != null ? new UsualRequest(call) : general(text);
  }

  /// The same for whatever the general readers take.
  static Request general(String text) throws BadFrame {
    return new Envelope(text).read();
  }

  /// What is known of a frame while it is being read.
  private static final class Envelope {
    private final String text;
    private String cmd = "";
    private int id;
    private String data = "{}";

    Envelope(String text) {
      this.text = text;
    }

    Request read() throws BadFrame {
      try (JsonParser in = StrictJson.FACTORY.createParser(text)) {
        require(in.nextToken() == JsonToken.START_OBJECT, "must be a JSON object");
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          member(in, in.currentName());
        }
        require(in.currentToken() == JsonToken.END_OBJECT, "must be a JSON object");
        require(in.nextToken() == null, "there is something behind the object");
        require(!cmd.isEmpty(), "cmd is missing");
        return new TextRequest(cmd, id, data);
      } catch (IOException e) {
        throw new BadFrame(cmd, id, "not valid JSON");
      }
    }

    private void member(JsonParser in, String name) throws IOException, BadFrame {
      JsonToken value = in.nextToken();
      switch (name) {
        case "cmd" -> {
          require(value == JsonToken.VALUE_STRING, "cmd must be a string");
          cmd = in.getText();
        }
        case "request_id", "requestId" -> id = requestId(in, value);
        case "data" -> {
          if (value != JsonToken.VALUE_NULL) {
            require(value == JsonToken.START_OBJECT, "data must be an object");
            data = slice(in);
          }
        }
        default -> throw new BadFrame(cmd, id, "unknown member");
      }
    }

    private int requestId(JsonParser in, JsonToken value) throws IOException, BadFrame {
      if (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING) {
        try {
          long number = Long.parseLong(in.getText());
          if (number >= 0 && number <= UINT32_MAX) {
            return (int) number;
          }
        } catch (NumberFormatException e) {
          // Told below.
        }
      }
      throw new BadFrame(cmd, id, "request_id must be 0 … 4294967295");
    }

    private String slice(JsonParser in) throws IOException, BadFrame {
      int from = (int) in.currentTokenLocation().getCharOffset();
      int depth = 1;
      while (depth > 0) {
        JsonToken token = in.nextToken();
        require(token != null, "not valid JSON");
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
          require(!isHuge(in.getText()), "a number is out of range");
        }
      }
      return text.substring(from, (int) in.currentLocation().getCharOffset());
    }

    private static boolean isHuge(String number) {
      int e = Math.max(number.indexOf('e'), number.indexOf('E'));
      return e >= 0 && number.length() - e > 5;
    }

    private void require(boolean holds, String why) throws BadFrame {
      if (!holds) {
        throw new BadFrame(cmd, id, why);
      }
    }
  }
}
