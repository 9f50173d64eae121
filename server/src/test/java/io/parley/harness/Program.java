package io.parley.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs programs beside this process to their end.
public final class Program {
  private static final int SECONDS_MAX = 240;

  private Program() {}

  /// What `command` printed, errors included, when run in `dir`.
  ///
  /// @throws AssertionError if it cannot be started, fails, or is not done after four minutes
  public static String run(Path dir, List<String> command) throws IOException {
    return run(dir, Map.of(), command);
  }

  /// The same with variables of the environment that are other than this process's.
  public static String run(Path dir, Map<String, String> environment, List<String> command)
      throws IOException {
    Path printed = Files.createTempFile("program", ".log");
    try {
      int exit = exit(builder(dir, environment, command, printed), command);
      String text = Files.readString(printed);
      if (exit != 0) {
        throw new AssertionError(command + " failed (" + exit + "):\n" + text);
      }
      return text;
    } finally {
      Files.delete(printed);
    }
  }

  private static ProcessBuilder builder(
      Path dir, Map<String, String> environment, List<String> command, Path printed) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(printed.toFile());
  }

  private static int exit(ProcessBuilder builder, List<String> command) {
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new AssertionError("needs the program " + command.getFirst() + " on PATH", e);
    }
    try {
      if (process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      throw new AssertionError(command + " is not done after " + SECONDS_MAX + " s");
    } catch (InterruptedException e) {
      throw new AssertionError(command + " was given up", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
