package io.parley.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void json_escapesAndNests() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a\"b", "line\nbreak");
    map.put("n", List.of(1, 2.5, true));
    map.put("empty", Map.of());
    map.put("nan", Double.NaN);
    String expected =
        """
        {
          "a\\"b": "line\\u000abreak",
          "n": [
            1,
            2.5000,
            true
          ],
          "empty": {},
          "nan": null
        }\
        """;
    assertEquals(expected, Json.write(map));
  }

  @Test
  void table_alignsNumbersToTheRight() {
    String table =
        TextTable.of(
            List.of("measure", "rate"),
            List.of(
                Map.of("measure", "sends", "rate", 12345.6), Map.of("measure", "x", "rate", 0.5)));
    String expected =
        """
        | measure |   rate |
        |---------|-------:|
        | sends   | 12,346 |
        | x       |   0.50 |
        """;
    assertEquals(expected, table);
  }

  @Test
  void report_saysWhereAndHow_inBothForms() {
    Report report =
        new Report("send", List.of("per second"))
            .setting("pairs", 32)
            .row("sends", 10.0)
            .figure("server cores", 1.5)
            .check("lost", 0L)
            .remark("nothing");
    String text = report.text();
    assertTrue(
        text.contains("cores") && text.contains("pairs 32") && text.contains("lost 0"), text);
    String json = Json.write(report.tree());
    assertTrue(
        json.contains("\"scenario\": \"send\"") && json.contains("\"per second\": 10.0000"), json);
  }
}
