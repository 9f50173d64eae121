package io.parley.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestServer;
import io.parley.readme.Blocks.Block;
import io.parley.web.Pages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The blocks of the READMEs do what they show, run as they stand there: commands by bash with curl
/// and grpcurl (or [GrpcCurl] in its place), scripts by Chromium on a page of the server. Only the
/// address is another one.
class ReadmeTest {
  private static final String APP = "[{id: tour, security_code: tour-secret}]";
  private static final String TOKENS =
      "[{name: tour, token: 0123456789abcdef0123456789abcdef, rights: [gateway, mail]}]";

  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void everyBlock_doesWhatItShows(String document) throws Exception {
    List<Block> blocks = Blocks.of(Path.of("..").resolve(document));
    try (TestServer server =
        TestServer.start(
            dir.resolve("data"), Map.of("signed.apps", APP, "security.service_tokens", TOKENS))) {
      List<Step> steps = steps(blocks);
      assertTrue(steps.size() > 8, "only " + steps.size() + " answers are shown");
      commands(server, steps);
      scripts(server, blocks);
    }
  }

  // --- commands

  /// Commands, and what they are shown to answer; empty for nothing that is shown.
  private record Step(String commands, String shown) {}

  private static List<Step> steps(List<Block> blocks) {
    List<Step> steps = new ArrayList<>();
    for (Block block : blocks) {
      String text = block.text();
      if (!block.language().isEmpty() || text.startsWith("{") || text.contains("./parley ")) {
        continue;
      }
      List<String> commands = new ArrayList<>();
      for (String line : block.lines()) {
        if (line.startsWith("→")) {
          steps.add(new Step(String.join("\n", commands), line.substring(1)));
          commands.clear();
        } else {
          commands.add(line);
        }
      }
      if (!commands.isEmpty()) {
        steps.add(new Step(String.join("\n", commands), ""));
      }
    }
    return steps;
  }

  private void commands(TestServer server, List<Step> steps) throws Exception {
    StringBuilder script = new StringBuilder("set -e -o pipefail\n");
    for (int i = 0; i < steps.size(); i++) {
      script.append("{\n").append(steps.get(i).commands()).append("\n} >answer-").append(i);
      script.append(" 2>&1\n");
    }
    script.append("printf %s \"$T\" >token; printf %s \"$ANN\" >ann\n");
    String address = URI.create(server.url()).getAuthority();
    Path file =
        Files.writeString(
            dir.resolve("steps"), script.toString().replace("127.0.0.1:8080", address));
    ProcessBuilder bash = new ProcessBuilder("bash", file.toString()).directory(dir.toFile());
    bash.environment().put("PATH", tools() + ":" + System.getenv("PATH"));
    Process run =
        bash.redirectErrorStream(true).redirectOutput(dir.resolve("log").toFile()).start();
    assertTrue(run.waitFor(2, TimeUnit.MINUTES), "the commands do not end");
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Path answer = dir.resolve("answer-" + i);
      String said = Files.exists(answer) ? Files.readString(answer) : "was not come to";
      if (!Blocks.fits(steps.get(i).shown(), said)) {
        wrong.add(
            steps.get(i).commands()
                + "\nshown:    "
                + steps.get(i).shown()
                + "\nanswered: "
                + said);
      }
    }
    assertEquals("", String.join("\n\n", wrong));
    assertEquals(0, run.exitValue(), Files.readString(dir.resolve("log")));
  }

  /// A folder with what a machine may lack.
  private Path tools() throws IOException {
    Path tools = Files.createDirectories(dir.resolve("bin"));
    boolean there =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "grpcurl")));
    if (!there) {
      Path stand = tools.resolve("grpcurl");
      Files.writeString(
          stand,
          """
          #!/bin/sh
          exec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' %s "$@"
          """
              .formatted(
                  System.getProperty("java.home"),
                  System.getProperty("java.class.path"),
                  GrpcCurl.class.getName()));
      Files.setPosixFilePermissions(stand, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return tools;
  }

  // --- scripts

  private void scripts(TestServer server, List<Block> blocks) throws IOException {
    List<String> scripts = new ArrayList<>();
    List<List<String>> shown = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).language().equals("js")) {
        scripts.add(blocks.get(i).text());
        shown.add(blocks.get(i + 1).lines());
      }
    }
    assertEquals(2, scripts.size());
    StringBuilder all = new StringBuilder("const heard = [[], []];\n");
    for (int i = 0; i < scripts.size(); i++) {
      String[] parts = scripts.get(i).split("(?m)^// .*$", 2);
      String first = own(parts[0], i, server);
      all.append(first).append(waits(i, 1)).append(own(parts[1], i, server));
    }
    for (int i = 0; i < scripts.size(); i++) {
      all.append(waits(i, shown.get(i).size()));
    }
    all.append("return heard;");
    List<List<String>> heard = Pages.run(server.url(), all.toString());
    for (int i = 0; i < scripts.size(); i++) {
      for (String line : shown.get(i)) {
        assertTrue(
            heard.get(i).stream().anyMatch(said -> Blocks.fits(line, said)),
            "shown:    " + line + "\nanswered: " + heard.get(i));
      }
    }
  }

  private String own(String script, int at, TestServer server) throws IOException {
    return script
        .replace("127.0.0.1:8080", URI.create(server.url()).getAuthority())
        .replace("console.log(", "heard[" + at + "].push(")
        .replace("<token>", Files.readString(dir.resolve("token")))
        .replace("\"<pushId>\"", "JSON.parse(heard[" + at + "][0]).pushId")
        .replaceAll("<id of ann>|<ann 的 id>", Files.readString(dir.resolve("ann")));
  }

  private static String waits(int at, int lines) {
    return "\nwhile (heard[%d].length < %d) await new Promise(go => setTimeout(go, 20));\n"
        .formatted(at, lines);
  }

  @Test
  void anAnswerThatIsAnother_doesNotFit() {
    assertTrue(Blocks.fits("{\"id\":\"382442274996355072\",…}", "{\"id\": \"99\", \"seq\": 1}"));
    assertTrue(Blocks.fits(" {\"a\":1,\n  …}", "{\"a\":1,\"b\":2}"));
    assertFalse(Blocks.fits("{\"seq\":\"1\"}", "{\"seq\":\"2\"}"));
    assertFalse(Blocks.fits("{\"id\":\"382442274996355072\"}", "{\"name\":\"x\"}"));
  }
}
