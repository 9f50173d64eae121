package io.parley.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DisastersTest {
  @Test
  void all_haveNamesOfTheirOwn() {
    List<String> names = Disasters.named("all").stream().map(Disaster::name).toList();
    assertEquals(11, names.size());
    assertEquals(11, names.stream().distinct().count());
  }

  @Test
  void named_areMadeInTheOrderAsked() {
    List<Disaster> some = Disasters.named("kill-bus,kill-node");
    assertEquals(List.of("kill-bus", "kill-node"), some.stream().map(Disaster::name).toList());
  }

  @Test
  void unknownName_isRefusedWithThoseThatThereAre() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Disasters.named("earthquake"));
    assertTrue(String.valueOf(refused.getMessage()).contains("kill-primary"));
  }
}
