package io.parley.face.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every contract refuses in a JSON body.
class StrictJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"a\"",
        "{\"a\":1",
        "{\"a\":1}{}",
        "{\"a\":1} x",
        "{\"password\":\"one\",\"password\":\"two\"}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":\"\t\"}",
        "{\"\\u0000\":1}"
      })
  void whatIsNotOneObject_isMalformed(String body) {
    assertEquals(FaultCode.MALFORMED, refused(body).code());
  }

  @Test
  void depth_isBounded() {
    StrictJson.object(nested(63).getBytes(StandardCharsets.UTF_8));
    assertEquals(FaultCode.MALFORMED, refused(nested(64)).code());
    assertEquals(FaultCode.MALFORMED, refused("{\"a\":" + "[".repeat(1_000_000)).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00x", "a\\uD83Db"})
  void textThatIsNone_namesItsField(String escaped) {
    Fault fault = refused("{\"user\":{\"name\":\"" + escaped + "\"}}");
    assertEquals(FaultCode.INVALID_FIELD, fault.code());
    assertEquals("user.name: must be text in UTF-8 without U+0000", fault.text());
  }

  @Test
  void bytesThatAreNoUtf8_nameTheirField() {
    byte[] body = "{\"name\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
    body[9] = (byte) 0xFF;
    Fault fault = assertThrows(Fault.class, () -> StrictJson.object(body));
    assertEquals("name: must be text in UTF-8 without U+0000", fault.text());
  }

  private static String nested(int arrays) {
    return "{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
  }

  private static Fault refused(String body) {
    return assertThrows(
        Fault.class, () -> StrictJson.object(body.getBytes(StandardCharsets.UTF_8)));
  }
}
