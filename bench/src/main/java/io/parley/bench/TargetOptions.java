package io.parley.bench;

import io.parley.bench.report.Report;
import io.parley.bench.subject.ProcessFigures;
import io.parley.bench.subject.ServerProcess;
import io.parley.bench.subject.Target;
import io.parley.bench.subject.WorkFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which server, one of our own on a temporary folder or one that runs already, and where the
/// report goes.
final class TargetOptions {
  /// Setting up thousands of accounts is not what is measured: no throttle, the cheapest password
  /// hash.
  private static final List<String> SETTINGS =
      List.of(
          "security.throttle=off", "security.argon2.memory_kib=64", "security.argon2.iterations=1");

  @Option(
      names = "--url",
      description = "A running server, e.g. http://127.0.0.1:8080. Default: start one.")
  private @Nullable URI url;

  @Option(
      names = "--pid",
      description = "Process id of the server at --url, for memory and processor time.")
  private @Nullable Long pid;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting for the server that is started; repeatable.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--data-parent",
      paramLabel = "DIR",
      description =
          "Where the started server's temporary data goes; its disk is what durable sends measure.")
  private Path dataParent = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--json",
      paramLabel = "FILE",
      defaultValue = "",
      description = "Write the report as JSON, too.")
  private String json = "";

  /// Reaches or starts the server; `more` are settings that the scenario needs, which the command
  /// line overrules.
  Target open(String... more) {
    return open(settings(more), "");
  }

  /// The same with a server as people run it, its throttle and its slow hash included, and with
  /// flags for its JVM.
  Target openAsRun(String javaOptions) {
    return open(settings, javaOptions);
  }

  private Target open(List<String> all, String javaOptions) {
    if (url != null) {
      return new Target(
          url, pid == null ? null : new ProcessFigures(pid), url.toString(), null, null);
    }
    WorkFolder folder = new WorkFolder(dataParent);
    String fileSystem = folder.fileSystem();
    try {
      ServerProcess child = ServerProcess.start(folder.data(), all, javaOptions);
      try {
        var unused = child.awaitReady();
      } catch (RuntimeException e) {
        child.close();
        throw e;
      }
      return new Target(child.url(), new ProcessFigures(child.pid()), fileSystem, child, folder);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /// A folder for a server that the scenario starts itself.
  WorkFolder folder() {
    if (url != null) {
      throw new IllegalArgumentException(
          "this scenario starts its own server; --url makes no sense");
    }
    return new WorkFolder(dataParent);
  }

  /// The settings of a started server.
  List<String> settings(String... more) {
    List<String> all = new ArrayList<>(SETTINGS);
    all.addAll(List.of(more));
    all.addAll(settings);
    return all;
  }

  /// Prints what was measured, with the server that it was measured of.
  void publish(Report report) {
    report.setting("server", server()).publish(json);
  }

  private String server() {
    return url != null
        ? url.toString()
        : settings.isEmpty() ? "own child" : "own child with " + settings;
  }
}
