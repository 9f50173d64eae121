package io.parley.bench.cluster;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.parley.bench.report.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of the cluster in a folder, as `cluster.json` there: its layout, who is the
/// primary, which processes were started. Written anew as a whole at each change, readable by its
/// owner only.
final class State {
  private static final String FILE = "cluster.json";

  /// A process that was started.
  ///
  /// @param pid its number, which another process may have by now
  /// @param startedMs when it began, epoch milliseconds, which tells it from that one
  record Started(long pid, long startedMs) {}

  private final Path file;
  private final Layout layout;
  private final Map<String, Started> started;
  private String primary;

  private State(Path file, Layout layout, String primary, Map<String, Started> started) {
    this.file = file;
    this.layout = layout;
    this.primary = primary;
    this.started = started;
  }

  /// Of a cluster that is about to be made in `dir`.
  static State begin(Path dir, Layout layout) {
    State state = new State(dir.resolve(FILE), layout, Layout.POSTGRES_A, new LinkedHashMap<>());
    state.save();
    return state;
  }

  /// Of the cluster in `dir`; null where there is none.
  static @Nullable State find(Path dir) {
    Path file = dir.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      Struct.Builder read = Struct.newBuilder();
      JsonFormat.parser().merge(Files.readString(file), read);
      Map<String, Value> fields = read.getFieldsMap();
      Map<String, Started> started = new LinkedHashMap<>();
      fields(fields, "started").forEach((name, value) -> started.put(name, started(value)));
      return new State(file, layout(fields), text(fields, "primary"), started);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          file + " is not what it was written as: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Layout layout(Map<String, Value> fields) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    fields(fields, "ports").forEach((name, port) -> ports.put(name, (int) port.getNumberValue()));
    List<String> settings =
        field(fields, "settings").getListValue().getValuesList().stream()
            .map(Value::getStringValue)
            .toList();
    return new Layout(
        (int) field(fields, "nodes").getNumberValue(),
        field(fields, "standby").getBoolValue(),
        field(fields, "bus").getBoolValue(),
        field(fields, "s3").getBoolValue(),
        settings,
        text(fields, "secret"),
        ports);
  }

  private static Started started(Value value) {
    Map<String, Value> fields = value.getStructValue().getFieldsMap();
    return new Started(
        (long) field(fields, "pid").getNumberValue(),
        (long) field(fields, "started_ms").getNumberValue());
  }

  private static Map<String, Value> fields(Map<String, Value> fields, String name) {
    return field(fields, name).getStructValue().getFieldsMap();
  }

  private static String text(Map<String, Value> fields, String name) {
    return field(fields, name).getStringValue();
  }

  private static Value field(Map<String, Value> fields, String name) {
    Value value = fields.get(name);
    if (value == null) {
      throw new IllegalStateException(FILE + " has no " + name);
    }
    return value;
  }

  Layout layout() {
    return layout;
  }

  synchronized String primary() {
    return primary;
  }

  synchronized void primary(String name) {
    primary = name;
    save();
  }

  /// The process that was last started as `name`; null: none, or it was stopped.
  synchronized @Nullable Started started(String name) {
    return started.get(name);
  }

  synchronized void started(String name, Started process) {
    started.put(name, process);
    save();
  }

  synchronized void stopped(String name) {
    if (started.remove(name) != null && Files.exists(file)) {
      save();
    }
  }

  /// The names of all that were started and not stopped, in that order.
  synchronized List<String> names() {
    return List.copyOf(started.keySet());
  }

  private synchronized void save() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("nodes", layout.nodes());
    tree.put("standby", layout.standby());
    tree.put("bus", layout.bus());
    tree.put("s3", layout.s3());
    tree.put("settings", layout.settings());
    tree.put("secret", layout.secret());
    tree.put("ports", layout.ports());
    tree.put("primary", primary);
    Map<String, Object> processes = new LinkedHashMap<>();
    started.forEach(
        (name, process) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("pid", process.pid());
          one.put("started_ms", process.startedMs());
          processes.put(name, one);
        });
    tree.put("started", processes);
    Path next = file.resolveSibling(FILE + ".new");
    try {
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, Json.write(tree) + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
