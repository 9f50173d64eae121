package io.parley.bench.cluster;

import io.parley.bench.net.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The cluster in one folder.
public final class Cluster {
  private static final Duration PART_START = Duration.ofSeconds(20);
  private static final Duration PART_STOP = Duration.ofSeconds(10);
  private static final int CONNECT_MS = 500;

  /// A part, as it is at present.
  ///
  /// @param well whether it is as it should be
  record Part(String name, long pid, boolean well, String condition, String address, Path log) {}

  private final Path dir;
  private final State state;
  private final Processes processes;
  private final Databases databases;
  private final BusServer bus;
  private final List<Node> nodes;
  private final Programs programs;

  private Cluster(Path dir, State state, Programs programs, Routes routes) {
    this.dir = dir;
    this.state = state;
    this.programs = programs;
    processes = new Processes(dir, state, programs);
    databases = new Databases(dir, state, processes, programs);
    bus = new BusServer(dir, state, processes, programs);
    nodes =
        IntStream.rangeClosed(1, state.layout().nodes())
            .mapToObj(i -> new Node(i, dir, state, processes, routes))
            .toList();
  }

  /// Chooses what a cluster in `folder` will be; nothing is started.
  public static Cluster make(Path folder, Layout layout, Routes routes) {
    Programs programs = new Programs();
    programs.require(layout);
    Path dir = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(dir);
      // PostgreSQL may run as another user, who has to pass through.
      Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Owner.requireWayTo(dir);
    return new Cluster(dir, State.begin(dir, layout), programs, routes);
  }

  /// The cluster in `folder`; null where there is none.
  static @Nullable Cluster find(Path folder) {
    Path dir = folder.toAbsolutePath().normalize();
    State state = State.find(dir);
    return state == null ? null : new Cluster(dir, state, new Programs(), Routes.STRAIGHT);
  }

  /// Where everything of it is.
  public Path folder() {
    return dir;
  }

  /// What it consists of.
  public Layout layout() {
    return state.layout();
  }

  public List<Node> nodes() {
    return nodes;
  }

  /// Node `i`, from 1.
  public Node node(int i) {
    return nodes.get(i - 1);
  }

  public Databases databases() {
    return databases;
  }

  /// Where the balancer serves.
  public URI url() {
    return URI.create("http://127.0.0.1:" + layout().port(Layout.BALANCER));
  }

  /// Starts what does not run, in the order of dependence, and waits until all of it is ready.
  /// Returns how many parts that were.
  public int up() {
    Progress progress = new Progress();
    databases.up(progress);
    if (layout().bus() && !processes.alive(Layout.BUS)) {
      progress.step("the bus", bus::start);
    }
    if (layout().s3()) {
      own(progress, Layout.S3, "the S3 server");
    }
    Node first = nodes.getFirst();
    if (!first.alive() && nodes.stream().anyMatch(node -> !node.hasKeys())) {
      // It makes the secrets that the others get copies of.
      progress.step(first.name(), () -> startAndWait(List.of(first)));
    }
    if (first.alive()) {
      first.awaitReady();
    }
    for (Node node : nodes.subList(1, nodes.size())) {
      node.takeKeys(first);
    }
    List<Node> missing = nodes.stream().filter(node -> !node.alive()).toList();
    if (!missing.isEmpty()) {
      String names = String.join(", ", missing.stream().map(Node::name).toList());
      progress.step(names, () -> startAndWait(missing));
    }
    nodes.forEach(Node::awaitReady);
    own(progress, Layout.BALANCER, "the balancer");
    return progress.steps();
  }

  private static void startAndWait(List<Node> some) {
    some.forEach(Node::start);
    some.forEach(Node::awaitReady);
  }

  private void own(Progress progress, String name, String what) {
    if (!processes.alive(name)) {
      progress.step(
          what,
          () -> {
            processes.start(name, Launcher.part(name, dir), Map.of());
            if (!Shell.await(() -> !processes.alive(name) || listens(name), PART_START)
                || !processes.alive(name)) {
              throw new IllegalStateException(
                  what + " does not start:\n" + processes.lastWords(name));
            }
          });
    }
  }

  private boolean listens(String name) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), layout().port(name)), CONNECT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Whether a program is installed.
  public boolean hasProgram(String name) {
    return programs.has(name);
  }

  /// The nodes, as the balancer knows them.
  List<Backend> backends() {
    return nodes.stream().map(Node::backend).toList();
  }

  /// Ends the bus at once.
  public void killBus() {
    bus.kill();
  }

  /// Starts the bus.
  public void startBus() {
    bus.start();
  }

  /// Processor time used so far by all parts whose names begin with `prefix`, children included.
  public Duration cpu(String prefix) {
    return parts().stream()
        .filter(part -> part.name().startsWith(prefix))
        .flatMap(part -> ProcessHandle.of(part.pid()).stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// Whether every part is as it should be.
  public boolean whole() {
    return parts().stream().allMatch(Part::well);
  }

  /// Stops all: nodes drain together, then the rest. Parts that have ended already are no
  /// hindrance.
  public void down() {
    // A node that is paused would neither drain nor end.
    nodes.forEach(Node::resume);
    nodes.forEach(Node::terminate);
    nodes.forEach(Node::awaitEnd);
    for (String name : List.of(Layout.BALANCER, Layout.BUS, Layout.S3)) {
      processes.stop(name, "TERM", PART_STOP);
    }
    databases.down();
  }

  /// Removes the folder with all that was kept.
  public void delete() {
    Folders.delete(dir);
  }

  /// Every part as it is at present.
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (String name : layout().databases()) {
      String role = databases.role(name);
      boolean primary = name.equals(state.primary());
      boolean well = primary ? role.equals("primary") : role.contains("streaming quorum");
      parts.add(part(name, well, role, "127.0.0.1:" + layout().port(name)));
    }
    if (layout().bus()) {
      boolean well = bus.answers();
      String address = "127.0.0.1:" + layout().port(Layout.BUS);
      parts.add(part(Layout.BUS, well, well ? "answers" : "not answering", address));
    }
    if (layout().s3()) {
      boolean well = processes.alive(Layout.S3) && listens(Layout.S3);
      String address = "http://127.0.0.1:" + layout().port(Layout.S3);
      parts.add(part(Layout.S3, well, well ? "answers" : "not answering", address));
    }
    for (Node node : nodes) {
      boolean ready = node.ready();
      String condition = ready ? "ready" : node.alive() ? "not ready" : "not running";
      parts.add(part(node.name(), ready, condition, node.url().toString()));
    }
    boolean well = processes.alive(Layout.BALANCER) && listens(Layout.BALANCER);
    parts.add(part(Layout.BALANCER, well, well ? "answers" : "not answering", url().toString()));
    return parts;
  }

  private Part part(String name, boolean well, String condition, String address) {
    return new Part(name, processes.pid(name), well, condition, address, processes.log(name));
  }
}
