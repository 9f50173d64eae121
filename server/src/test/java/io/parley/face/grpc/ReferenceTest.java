package io.parley.face.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The manual says of methods what the protos say: between its marks it has a table for each
/// service, made from the comments. `./parley docs` writes what is not as it should be.
class ReferenceTest {
  private static final Path MANUAL = Path.of("../docs/API.md");
  private static final Pattern TABLE =
      Pattern.compile("<!-- methods of ([\\w.]+) -->\\n(.*?)<!-- end -->", Pattern.DOTALL);

  /// Contracts of their own, with a chapter each.
  private static final Set<String> ELSEWHERE = Set.of("proto.UserService");

  private final ProtoComments comments = ProtoComments.read();

  @Test
  void manual_saysWhatTheProtosSay() throws Exception {
    String manual = Files.readString(MANUAL);
    Map<String, ServiceDescriptor> services = services();
    String fresh =
        TABLE
            .matcher(manual)
            .replaceAll(
                table ->
                    Matcher.quoteReplacement(
                        "<!-- methods of "
                            + table.group(1)
                            + " -->\n"
                            + table(
                                Objects.requireNonNull(
                                    services.get(table.group(1)), table.group(1)))
                            + "<!-- end -->"));
    if ("write".equals(System.getProperty("parley.format"))) {
      Files.writeString(MANUAL, fresh);
    } else {
      assertEquals(fresh, manual, "run ./parley docs");
    }
  }

  @Test
  void everyService_hasItsPlaceInTheManual() throws Exception {
    Set<String> told = new HashSet<>(ELSEWHERE);
    Matcher table = TABLE.matcher(Files.readString(MANUAL));
    while (table.find()) {
      assertTrue(told.add(table.group(1)), table.group(1) + " is told twice");
    }
    assertEquals(services().keySet(), told);
  }

  private String table(ServiceDescriptor service) {
    StringBuilder table = new StringBuilder();
    table.append(
        "\n**`%s`.** %s\n\n"
            .formatted(service.getFullName(), markdown(comments.of(service.getFullName()))));
    table.append("| method | REST | |\n|---|---|---|\n");
    for (MethodDescriptor method : service.getMethods()) {
      table.append(
          "| %s | %s | %s |\n"
              .formatted(
                  method.getName(), rest(method), markdown(comments.of(method.getFullName()))));
    }
    return table.append('\n').toString();
  }

  private static String rest(MethodDescriptor method) {
    List<HttpRule> rules = RestRoutes.of(List.of(method));
    return rules.isEmpty()
        ? "–"
        : "`%s %s`".formatted(rules.getFirst().getPatternCase(), RestRoutes.path(rules.getFirst()));
  }

  /// Keys of parley.yaml and names of fields as code; what would be markup as text.
  private static String markdown(String comment) {
    return comment
        .replace("|", "\\|")
        .replaceAll("(?<![\\w`])((?:limits|security|feed|phone|mail)\\.[a-z_]+)\\b", "`$1`")
        .replaceAll("(?<![\\w`./])([a-z]+(?:_[a-z]+)+)(?![\\w`/])", "`$1`");
  }

  /// All services of the protos by their full names.
  private static Map<String, ServiceDescriptor> services() throws Exception {
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(registry);
    Map<String, FileDescriptor> files = new HashMap<>();
    Map<String, ServiceDescriptor> services = new TreeMap<>();
    for (FileDescriptorProto file : descriptors(registry).getFileList()) {
      List<FileDescriptor> imports = new ArrayList<>();
      file.getDependencyList().forEach(name -> imports.add(files.get(name)));
      FileDescriptor built = FileDescriptor.buildFrom(file, imports.toArray(new FileDescriptor[0]));
      files.put(file.getName(), built);
      built.getServices().forEach(service -> services.put(service.getFullName(), service));
    }
    return services;
  }

  private static FileDescriptorSet descriptors(ExtensionRegistry registry) throws IOException {
    try (InputStream in =
        ReferenceTest.class.getResourceAsStream("/io/parley/api/descriptors.binpb")) {
      return FileDescriptorSet.parseFrom(in, registry);
    }
  }
}
