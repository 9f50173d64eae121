package io.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSettingsTest {
  /// What a stranger gets into a message makes no line of its own, and moves no cursor.
  @Test
  void message_isOneLine_whateverIsInIt() {
    List<String> lines = logged("name a\n2026-01-01 ERROR forged\rb\u001b[2Jc\u2028d\u0085e");
    assertEquals(1, lines.size(), "" + lines);
    assertTrue(lines.getFirst().endsWith("name a?2026-01-01 ERROR forged?b?[2Jc?d?e"), "" + lines);
  }

  @Test
  void message_staysAsItIs_whereItIsHarmless() {
    assertTrue(logged("小吴 $1 \\n 😀").getFirst().endsWith(" - 小吴 $1 \\n 😀"));
  }

  private static List<String> logged(String message) {
    PrintStream before = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    try (PrintStream into = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      System.setErr(into);
      LogSettings settings = new LogSettings();
      settings.setContext(context);
      var unused = settings.configure(context);
      context.start();
      context.getLogger("stranger").error(message);
    } finally {
      System.setErr(before);
      context.stop();
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
