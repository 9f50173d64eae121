package io.parley.face.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.base.Limits;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPostgres;
import io.parley.harness.TestS3;
import io.parley.harness.TestServer;
import io.parley.store.StoreSettings;
import io.parley.valkey.RedisProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What operators are given to watch a server with fits what a server says of itself. The server
/// here has everything that has metrics: PostgreSQL, Redis, S3.
@Timeout(120)
class MonitoringTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern METRIC = Pattern.compile("\\bparley_[a-z0-9_]+");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (counter|gauge)");
  private static final Pattern DURATION = Pattern.compile("[1-9][0-9]*[smh]");

  @TempDir Path dir;

  @Test
  void dashboardAlertsAndManual_nameWhatThereIs() throws Exception {
    Map<String, String> metrics = metrics();
    String dashboard = Files.readString(DOCS.resolve("monitoring/grafana.json"));
    String alerts = Files.readString(DOCS.resolve("monitoring/alerts.yml"));
    assertEquals(Set.of(), without(names(expressions(dashboard)), metrics.keySet()));
    assertEquals(Set.of(), without(names(alerts), metrics.keySet()));
    assertEquals(
        Set.of(),
        without(metrics.keySet(), names(Files.readString(DOCS.resolve("OPERATIONS.md")))),
        "not in OPERATIONS.md");
    assertEquals(
        Set.of(), without(metrics.keySet(), names(expressions(dashboard))), "no panel shows it");
    for (String expression : (expressions(dashboard) + "\n" + alerts).lines().toList()) {
      Matcher metric = METRIC.matcher(expression);
      while (metric.find()) {
        boolean rises =
            expression.contains("rate(" + metric.group())
                || expression.contains("increase(" + metric.group());
        boolean isCounter = "counter".equals(metrics.get(metric.group()));
        boolean isText = expression.contains("description:");
        assertTrue(isText || rises == isCounter, expression);
      }
    }
  }

  private Map<String, String> metrics() throws Exception {
    StoreSettings store = TestPostgres.of(dir);
    try (RedisProcess redis = RedisProcess.start(dir);
        TestS3 s3 = new TestS3()) {
      Map<String, String> flags = new HashMap<>(TestS3.keys(s3.url()));
      flags.put("bus.url", redis.url());
      flags.put("store.url", store.url());
      flags.put("store.user", store.user());
      try (TestServer server = TestServer.start(dir.resolve("data"), flags)) {
        HttpResponse<String> answer =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create(server.managementUrl() + "/metrics")).build(),
                    HttpResponse.BodyHandlers.ofString());
        Map<String, String> kinds = new HashMap<>();
        Matcher type = TYPE.matcher(answer.body());
        while (type.find()) {
          kinds.put(type.group(1), type.group(2));
        }
        return kinds;
      }
    }
  }

  private static String expressions(String dashboard) throws IOException {
    List<String> all = new ArrayList<>();
    for (JsonNode panel : new ObjectMapper().readTree(dashboard).get("panels")) {
      panel.path("targets").forEach(target -> all.add(target.get("expr").asText()));
    }
    assertFalse(all.isEmpty());
    return String.join("\n", all);
  }

  private static Set<String> names(String text) {
    return METRIC.matcher(text).results().map(m -> m.group()).collect(Collectors.toSet());
  }

  private static Set<String> without(Set<String> all, Set<String> known) {
    Set<String> left = new TreeSet<>(all);
    left.removeAll(known);
    return left;
  }

  @Test
  void everyAlert_saysWhatItIs_andUsesTheLimitsThatHold() throws IOException {
    Load yaml = new Load(LoadSettings.builder().build());
    JsonNode file =
        new ObjectMapper()
            .valueToTree(
                yaml.loadFromString(Files.readString(DOCS.resolve("monitoring/alerts.yml"))));
    JsonNode rules = file.at("/groups/0/rules");
    Map<String, String> expressions = new HashMap<>();
    for (JsonNode rule : rules) {
      String name = rule.path("alert").asText();
      expressions.put(name, rule.path("expr").asText());
      assertTrue(Set.of("page", "ticket").contains(rule.at("/labels/severity").asText()), name);
      assertFalse(rule.at("/annotations/summary").asText().isEmpty(), name);
      assertFalse(rule.at("/annotations/description").asText().isEmpty(), name);
      String lasting = rule.path("for").asText();
      assertTrue(lasting.isEmpty() || DURATION.matcher(lasting).matches(), name);
    }
    assertTrue(expressions.size() > 10);
    assertEquals(rules.size(), expressions.size());
    Limits limits = TestLimits.defaults();
    assertEquals(
        "parley_store_writes_waiting > " + limits.writeQueueMax() / 2,
        expressions.get("ParleyWritesQueue"));
    assertEquals(
        "parley_disk_free_bytes < 4 * " + limits.diskFloorBytes(),
        expressions.get("ParleyDiskAlmostFull"));
  }
}
