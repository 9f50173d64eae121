package io.parley.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.ClientTools;
import io.parley.harness.Program;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The protos that `./parley protos` writes, as generators of clients and buf see them.
class ProtosTest {
  private static final Path SOURCES = Path.of("../api/src/main/protobuf");

  /// The contract's own, without what was added.
  private static final Path CONTRACT = Path.of("src/test/resources/contract");

  @TempDir private static Path dir;
  private static Path protos;

  @BeforeAll
  static void write() {
    protos = dir.resolve("some-protos");
    assertEquals(Cli.OK, Cli.run(new String[] {"protos", protos.toString()}));
  }

  @Test
  void folder_hasAllProtosAndWhatTheyImport() throws IOException {
    Set<String> expected = new TreeSet<>(names(SOURCES));
    expected.addAll(Set.of("descriptors.binpb", "google/api/annotations.proto"));
    expected.add("google/api/http.proto");
    assertEquals(expected, names(protos));
    for (String name : names(SOURCES)) {
      assertEquals(-1, Files.mismatch(SOURCES.resolve(name), protos.resolve(name)), name);
    }
  }

  @Test
  void archive_holdsTheSameUnderOneFolder() throws IOException {
    try (ZipFile zip = new ZipFile(dir.resolve("some-protos.zip").toFile())) {
      assertEquals(
          names(protos).stream().map(name -> "parley-protos/" + name).collect(Collectors.toSet()),
          zip.stream().map(entry -> entry.getName()).collect(Collectors.toSet()));
    }
  }

  @Test
  void buf_findsNothing() throws IOException {
    assertEquals("", ClientTools.npm(protos, "buf", "lint"));
    assertEquals("", ClientTools.npm(protos, "buf", "format", "-d"));
  }

  @Test
  void aMethodWithoutAComment_isFound() throws IOException {
    String comment =
        "  // An account by its id. Errors: 2104 no such account, 2108 no id of one.\n";
    Path changed = changed("bare", comment, "");
    AssertionError found =
        assertThrows(AssertionError.class, () -> ClientTools.npm(changed, "buf", "lint"));
    assertTrue(String.valueOf(found.getMessage()).contains("RPC \"GetUser\""), found.getMessage());
  }

  @Test
  void contract_isKept() throws IOException {
    assertEquals("", breaking(protos));
  }

  @Test
  void aChangeOfTheContract_isFound() throws IOException {
    Path changed = changed("renamed", "string nickname = 2;", "string nick = 2;");
    AssertionError found = assertThrows(AssertionError.class, () -> breaking(changed));
    assertTrue(
        String.valueOf(found.getMessage()).contains("\"nickname\" to \"nick\""),
        found.getMessage());
  }

  private static String breaking(Path folder) throws IOException {
    Path contract = dir.resolve("contract");
    Files.createDirectories(contract);
    for (String name : names(CONTRACT)) {
      if (!Files.exists(contract.resolve(name))) {
        Files.copy(CONTRACT.resolve(name), contract.resolve(name));
      }
    }
    return ClientTools.npm(folder, "buf", "breaking", "--against", contract.toString());
  }

  @Test
  void clientOfGrpcWeb_makesARoundTrip() throws IOException {
    Path work = Files.createDirectories(ClientTools.FOLDER.resolve("protos"));
    Path client = ClientTools.client(work, "connect");
    ClientTools.npm(client, "buf", "generate", protos.toString());
    ClientTools.npm(work, "tsc", "-p", ".");
    try (TestServer server = TestServer.start(dir.resolve("data"))) {
      List<String> command = List.of("node", "out/connect/round-trip.js", server.url());
      assertEquals("done\n", Program.run(work, command));
    }
  }

  /// A comment that names a key which there is not sends its reader looking.
  @Test
  void everyKeyThatACommentNames_isASetting() throws IOException {
    Pattern key =
        Pattern.compile("\\b(limits|security|feed|mail|phone|signed|server)\\.([a-z]+[a-z_]*)\\b");
    String settings = Files.readString(Path.of("../parley.yaml"));
    int found = 0;
    for (String name : names(SOURCES)) {
      for (String line : Files.readAllLines(SOURCES.resolve(name))) {
        Matcher named = key.matcher(line.strip().startsWith("//") ? line : "");
        while (named.find()) {
          found++;
          assertTrue(
              Pattern.compile("(?m)^ +#? ?" + named.group(2) + ":").matcher(settings).find(),
              name + ": " + named.group());
        }
      }
    }
    assertTrue(found > 50, found + " keys");
  }

  /// A copy of what is published with one change in `user.proto`.
  private static Path changed(String name, String from, String to) throws IOException {
    Path copy = dir.resolve(name);
    for (String file : names(protos)) {
      Path target = copy.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(protos.resolve(file), target);
    }
    String text = Files.readString(copy.resolve("user.proto"));
    assertTrue(text.contains(from), from);
    Files.writeString(copy.resolve("user.proto"), text.replace(from, to));
    return copy;
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
