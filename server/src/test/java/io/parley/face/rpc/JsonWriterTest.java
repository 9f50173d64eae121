package io.parley.face.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.grpc.MethodDescriptor;
import io.parley.api.realtime.MessagePush;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// What is written by the letter of the wire is what the general converter writes.
class JsonWriterTest {
  private static final int ROUNDS = 30;

  private static RandomGenerator seeded(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static String written(byte[] serialized, Message prototype) throws Unusual {
    Utf8Sink out = new Utf8Sink(16);
    JsonWriter.write(serialized, JsonType.of(prototype.getDescriptorForType()), out);
    return text(out);
  }

  private static String text(Utf8Sink out) {
    return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
  }

  @Test
  void everyMessageOfTheApi_isWrittenAsTheGeneralConverterWritesIt() throws Exception {
    List<Message> prototypes = new ArrayList<>();
    prototypes.add(MessagePush.getDefaultInstance());
    for (MethodDescriptor<?, ?> method : RandomMessages.METHODS) {
      prototypes.add(RandomMessages.prototype(method.getRequestMarshaller()));
      prototypes.add(RandomMessages.prototype(method.getResponseMarshaller()));
    }
    // One has maps.
    prototypes.removeIf(message -> !JsonType.of(message.getDescriptorForType()).isUsual());
    assertTrue(prototypes.size() > 250, "only " + prototypes.size() + " messages");
    for (long seed = 0; seed < ROUNDS; seed++) {
      RandomMessages random = new RandomMessages(seeded(seed));
      for (Message prototype : prototypes) {
        Message message = random.like(prototype);
        assertEquals(
            RpcJson.print(message), written(message.toByteArray(), prototype), "seed " + seed);
      }
    }
  }

  @Test
  void whatHasNoForm_isLeftToTheGeneralConverter() {
    Message year10000 = Timestamp.newBuilder().setSeconds(253_402_300_800L).build();
    assertThrows(
        Unusual.class, () -> written(new byte[] {1, 2, 3}, MessagePush.getDefaultInstance()));
    assertThrows(
        Unusual.class, () -> written(Struct.getDefaultInstance().toByteArray(), year10000));
    Message struct = Struct.newBuilder().putFields("a", Value.newBuilder().build()).build();
    assertFalse(JsonType.of(struct.getDescriptorForType()).isUsual());
    Message open =
        Struct.newBuilder().putFields("a", Value.newBuilder().setBoolValue(true).build()).build();
    Utf8Sink out = new Utf8Sink(16).ascii("x");
    RpcJson.write(open, out);
    assertEquals("x{\"a\":true}", text(out));
  }

  @Test
  void fieldsOfALaterVersion_areLeftOut() throws Exception {
    Message push = new RandomMessages(seeded(7)).like(MessagePush.getDefaultInstance());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeRawBytes(push.toByteArray());
    out.writeString(900, "new");
    out.writeString(900, "newer");
    out.writeFixed32(901, 1);
    out.writeFixed64(902, 1);
    out.writeUInt64(903, -1);
    out.flush();
    assertEquals(
        RpcJson.print(push), written(bytes.toByteArray(), MessagePush.getDefaultInstance()));
  }

  @Test
  void bytesThatWereAltered_areWrittenAlikeOrLeftToTheGeneralConverter() {
    int alike = 0;
    for (long seed = 0; seed < 3_000; seed++) {
      RandomGenerator random = seeded(seed);
      Message prototype = MessagePush.getDefaultInstance();
      byte[] bytes = new RandomMessages(random).like(prototype).toByteArray();
      for (int n = random.nextInt(1, 4); n > 0 && bytes.length > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        String json = written(bytes, prototype);
        assertEquals(RpcJson.print(prototype.getParserForType().parseFrom(bytes)), json);
        alike++;
      } catch (Unusual | InvalidProtocolBufferException e) {
        // It is no message, or one that nothing here serializes.
      }
    }
    assertTrue(alike > 100, "only " + alike + " could be compared");
  }
}
