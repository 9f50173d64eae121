package io.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir Path dir;

  @Test
  void layers_flagsBeatEnvironmentBeatFileBeatDefaults() throws IOException {
    Path file = file("server:\n  port: 1001\n  host: 10.0.0.1\n  drain_s: 3\n");
    Config config =
        Config.load(
            file,
            Map.of("PARLEY_SERVER_PORT", "1002", "PARLEY_SERVER_HOST", "10.0.0.2", "HOME", "/x"),
            Map.of("server.port", "1003"));
    assertEquals(1003, config.server().port());
    assertEquals("10.0.0.2", config.server().host());
    assertEquals(3, config.server().drainS());
    assertEquals(8081, config.server().managementPort());
  }

  @Test
  void keysOfS3_areShownNowhere() throws IOException {
    Map<String, String> environment =
        Map.of(
            "PARLEY_MEDIA_S3_ACCESS_KEY", "shown-no1", "PARLEY_MEDIA_S3_SECRET_KEY", "shown-no2");
    Config config = Config.load(file("media:\n  url: s3://uploads\n"), environment, Map.of());
    String shown = config + " " + config.media() + " " + config.media().s3(config.media().url());
    assertTrue(shown.contains("s3://uploads"), shown);
    assertFalse(shown.contains("shown-no"), shown);
  }

  @Test
  void uploadsThatCannotBeThere_areRefusedByTheirKey() throws IOException {
    Path none = file("");
    assertRefused("media.url: must be disk or s3://", none, Map.of(), Map.of("media.url", "nfs"));
    assertRefused(
        "media.url: unknown parameter", none, Map.of(), Map.of("media.url", "s3://b-b?x=1"));
    assertRefused("s3_access_key", none, Map.of(), Map.of("media.s3_access_key", "alone"));
    assertRefused("media.serve", none, Map.of(), Map.of("media.serve", "somehow"));
    for (String key : new String[] {"s3_answer_s", "s3_store_s", "s3_tries", "s3_reads_max"}) {
      assertRefused("media." + key, none, Map.of(), Map.of("media." + key, "0"));
    }
    assertRefused("media.presigned_s", none, Map.of(), Map.of("media.presigned_s", "86401"));
  }

  @Test
  void unknownKeyInFile_isRefusedWithItsPlace() throws IOException {
    Path file = file("server:\n  port: 1\n  prot: 2\n");
    assertRefused("config.yaml:3: unknown key server.prot", file, Map.of(), Map.of());
  }

  @Test
  void unknownKeyInEnvironmentOrFlag_isRefused() throws IOException {
    Path file = file("");
    assertRefused(
        "environment PARLEY_SERVER_PROT", file, Map.of("PARLEY_SERVER_PROT", "1"), Map.of());
    assertRefused("unknown key server.prot", file, Map.of(), Map.of("server.prot", "1"));
    assertRefused("unknown key server", file, Map.of(), Map.of("server", "1"));
  }

  @Test
  void wrongType_namesKeyAndPlace() throws IOException {
    assertRefused(
        "config.yaml:2: server.port must be a whole number, not \"eighty\"",
        file("server:\n  port: eighty\n"),
        Map.of(),
        Map.of());
    assertRefused("server must be a mapping", file("server: 5\n"), Map.of(), Map.of());
    assertRefused("config.yaml", file("server: [\n"), Map.of(), Map.of());
  }

  @Test
  void impossibleValues_areRefused() throws IOException {
    Path file = file("");
    assertRefused("server.port", file, Map.of(), Map.of("server.port", "65536"));
    assertRefused("server.tls", file, Map.of(), Map.of("server.tls.cert", "x.pem"));
    assertRefused("limits.frame_bytes_max", file, Map.of(), Map.of("limits.frame_bytes_max", "0"));
    assertRefused("security.throttle", file, Map.of(), Map.of("security.throttle", "maybe"));
    Path short_ =
        file(
            """
            security:
              service_tokens:
                - { name: gw, token: short, rights: [gateway] }
            """);
    assertRefused("at least 32 characters", short_, Map.of(), Map.of());
  }

  @Test
  void bus_isLocalOrAnAddress_whosePasswordIsNotShown() throws IOException {
    Path file = file("");
    for (String url :
        List.of("", "remote", "http://host", "redis://", "redis:host", "redis://host one")) {
      assertRefused("bus.url", file, Map.of(), Map.of("bus.url", url));
    }
    assertRefused("bus.prefix", file, Map.of(), Map.of("bus.prefix", "a{b}"));
    assertRefused("bus.timeout_ms", file, Map.of(), Map.of("bus.timeout_ms", "99"));
    assertTrue(Config.load(file, Map.of(), Map.of()).bus().isLocal());
    for (String url :
        List.of(
            "redis://:secret@host",
            "rediss://user:secret@host:6380/1",
            "redis://:secret@one:1,two:2",
            "redis-sentinel://:secret@one:1,two:2/0#main")) {
      Config.BusKeys bus = Config.load(file, Map.of(), Map.of("bus.url", url)).bus();
      assertFalse(bus.isLocal());
      assertFalse(bus.toString().contains("secret"), bus::toString);
    }
  }

  @Test
  void trust_thatCannotBe_isRefusedNamingItsKey() throws IOException {
    String token = "0123456789abcdef0123456789abcdef";
    for (String[] wrong :
        new String[][] {
          {"trusted_peers: 10.0.0.0/33", "trusted_peers", "{cidr: 10.0.0.0/33, rights: [entry]}"},
          {"not an address block", "trusted_peers", "{cidr: localhost, rights: [entry]}"},
          {"trusted_peers: ::1: no right", "trusted_peers", "{cidr: '::1', rights: [root]}"},
          {"at least one right", "trusted_peers", "{cidr: '::1', rights: []}"},
          {
            "service_tokens: gw: no right is called \"x\"",
            "service_tokens",
            "{name: gw, token: " + token + ", rights: [mail, x]}"
          },
          {"rights is missing", "service_tokens", "{name: gw, token: " + token + "}"},
        }) {
      String yaml = "security:\n  " + wrong[1] + ": [" + wrong[2] + "]\n";
      assertRefused(wrong[0].replace("peers: 10", "peers: \"10"), file(yaml), Map.of(), Map.of());
      assertRefused(
          wrong[0].replace("peers: 10", "peers: \"10"),
          file(""),
          Map.of(),
          Map.of("security." + wrong[1], "[" + wrong[2] + "]"));
    }
  }

  @Test
  void serviceToken_isNotPrinted() throws IOException {
    Path file =
        file(
            """
            security:
              service_tokens:
                - { name: gw, token: 0123456789abcdef0123456789abcdef, rights: [gateway, mail] }
            """);
    Config.ServiceToken token =
        Config.load(file, Map.of(), Map.of()).security().serviceTokens().getFirst();
    assertEquals(List.of("gateway", "mail"), token.rights());
    assertFalse(token.toString().contains("0123456789abcdef"));
  }

  @Test
  void partnerApp_hasDefaultsAndHidesItsCode() throws IOException {
    Config.Signed signed =
        Config.load(
                file("signed: { apps: [ { id: a, security_code: s3cret } ], jwt_key: s3cret }"),
                Map.of(),
                Map.of())
            .signed();
    assertEquals("@java110.com", signed.partners().getFirst().passwordSalt());
    assertEquals(List.of("*"), signed.partners().getFirst().services());
    assertFalse(signed.toString().contains("s3cret"));
  }

  @Test
  void partnerApp_thatCannotBe_stopsTheStart() throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    reasons.put("{ id: a }", "either a security code or unsigned");
    reasons.put("{ id: a, security_code: s, unsigned: true }", "either a security code or");
    reasons.put("{ id: a, security_code: s, unsigned: maybe }", "unsigned must be true or");
    reasons.put("{ id: a, security_code: s, allow_ips: [here] }", "allow_ips");
    reasons.put("{ id: a, security_code: s, services: [] }", "services");
    reasons.put("{ id: a, security_code: s, nonsense: 1 }", "unknown key signed.apps.nonsense");
    reasons.put("{ id: a, security_code: s }, { id: a, security_code: t }", "two apps have one id");
    for (var each : reasons.entrySet()) {
      assertRefused(
          each.getValue(), file("signed: { apps: [ " + each.getKey() + " ] }"), Map.of(), Map.of());
    }
    assertRefused("signed.zone", file("signed: { zone: here }"), Map.of(), Map.of());
    assertRefused("signed.clock_skew_s", file("signed: { clock_skew_s: -1 }"), Map.of(), Map.of());
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(dir.resolve("config.yaml"), yaml);
  }

  private static void assertRefused(
      String text, Path file, Map<String, String> environment, Map<String, String> flags) {
    Config.Invalid refused =
        assertThrows(Config.Invalid.class, () -> Config.load(file, environment, flags));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(text), message);
  }
}
