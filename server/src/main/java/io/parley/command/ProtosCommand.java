package io.parley.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `parley protos`: the protos of the native API and of entry-rpc for whoever generates a client,
/// as a
/// folder and as an archive of it. The folder has all that they import, Google's well-known types
/// apart, which every generator brings.
@Command(
    name = "protos",
    description = "Write the protos for generators of clients.",
    mixinStandardHelpOptions = true)
final class ProtosCommand implements Callable<Integer> {
  private static final String SOURCES = "/io/parley/api/protobuf/";
  private static final String LISTED = SOURCES + "buf.yaml";
  private static final Map<String, String> OTHERS =
      Map.of(
          "google/api/annotations.proto", "/google/api/annotations.proto",
          "google/api/http.proto", "/google/api/http.proto",
          "descriptors.binpb", "/io/parley/api/descriptors.binpb");

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "parley-protos",
      description = "the folder; the archive is DIR.zip (default: ${DEFAULT-VALUE})")
  private Path dir = Path.of("parley-protos");

  @Override
  public Integer call() throws IOException {
    Map<String, byte[]> files = files();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = dir.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.write(path, file.getValue());
    }
    Path archive = dir.resolveSibling(dir.getFileName() + ".zip");
    zip(archive, files);
    System.out.println(
        """
        %d protos are in %s and, packed, in %s.
          protoc -I %2$s --python_out=. %2$s/user.proto %2$s/message.proto
          buf generate %2$s --template TEMPLATE
          grpcurl -protoset %2$s/descriptors.binpb describe user.UserService
        Comments say what each method, message and field is; docs/CLIENTS.md has more.\
        """
            .formatted(
                files.keySet().stream()
                    .filter(name -> name.endsWith(".proto") && !name.contains("/"))
                    .count(),
                dir,
                archive));
    return Cli.OK;
  }

  /// Path below the folder → content, in the order of the paths.
  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : names()) {
      files.put(name, resource(SOURCES + name));
    }
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      files.put(other.getKey(), resource(other.getValue()));
    }
    return files;
  }

  /// The protos that the program was built with, whether it runs from a jar or from classes.
  private static List<String> names() throws IOException {
    URL listed = ProtosCommand.class.getResource(LISTED);
    if (listed == null) {
      throw new IOException(LISTED + " is not packed");
    }
    try {
      URI uri = listed.toURI();
      if (!uri.getScheme().equals("jar")) {
        return names(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return names(jar.getPath(LISTED));
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static List<String> names(Path one) throws IOException {
    try (Stream<Path> all = Files.list(Objects.requireNonNull(one.getParent()))) {
      return all.map(each -> String.valueOf(each.getFileName())).toList();
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ProtosCommand.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not packed");
      }
      return in.readAllBytes();
    }
  }

  private static void zip(Path archive, Map<String, byte[]> files) throws IOException {
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry("parley-protos/" + file.getKey());
        entry.setTime(0); // The same protos make the same archive.
        zip.putNextEntry(entry);
        zip.write(file.getValue());
      }
    }
  }
}
