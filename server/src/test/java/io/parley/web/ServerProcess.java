package io.parley.web;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/// A real server in a process of its own, so that it can be killed as a power cut would kill it.
final class ServerProcess implements AutoCloseable {
  private final Path data;
  private String client;
  private final int port;
  private final int managementPort;
  private Process process;

  private ServerProcess(Path data, String client) throws IOException {
    this.data = data;
    this.client = client;
    this.port = freePort();
    this.managementPort = freePort();
    this.process = launch();
  }

  /// Starts one with an empty data folder below `folder`; it accepts traffic when this returns.
  static ServerProcess start(Path folder) throws IOException {
    return new ServerProcess(folder.resolve("data"), "");
  }

  /// The same with the web client below `client`, a root of the class path, rather than its own.
  static ServerProcess start(Path folder, Path client) throws IOException {
    return new ServerProcess(folder.resolve("data"), client + File.pathSeparator);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /// SIGKILL: nothing is flushed, nobody is told.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Starts it again on the same port and data.
  void restart() throws IOException {
    process = launch();
  }

  /// Starts it again with the web client below another root, as an update of the server brings one.
  void restart(Path client) throws IOException {
    this.client = client + File.pathSeparator;
    restart();
  }

  @Override
  public void close() {
    kill();
  }

  private Process launch() throws IOException {
    Process started =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    client + System.getProperty("java.class.path"),
                    "io.parley.command.Main",
                    "serve",
                    "--data",
                    data.toString(),
                    "--port",
                    Integer.toString(port),
                    "--management-port",
                    Integer.toString(managementPort),
                    "--set",
                    "security.message_requests=false",
                    "--set",
                    "server.public_url=" + url(),
                    "--set",
                    "security.argon2.memory_kib=64"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = started.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith("parley ready")) {
        return started;
      }
    }
    throw new IOException("the server ended before it was ready");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
