package io.parley.command;

import io.parley.log.LogSettings;

/// Where the program begins. Exit codes: 0 done, 1 failed, 2 wrong use or configuration.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    int code = Cli.run(args);
    LogSettings.end();
    System.exit(code);
  }
}
