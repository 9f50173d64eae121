package io.parley.command;

import io.parley.Core;
import io.parley.DataDir;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.config.Config;
import io.parley.control.ControlSocket;
import io.parley.control.Order;
import java.io.IOException;
import java.util.List;

/// Gives orders from the command line: to the server that has the data folder, or, where there is
/// none, to this process, which then has it.
final class Ordering {
  private Ordering() {}

  /// Has `order` carried out and prints what came of it; the answer is the exit code.
  ///
  /// @throws io.parley.base.Fault of whatever was ordered
  static int give(Cli.Settings settings, Order order) {
    carriedOut(settings.config(), order).forEach(System.out::println);
    return Cli.OK;
  }

  private static List<String> carriedOut(Config config, Order order) {
    try (Core core = new Core(config, Clock.SYSTEM, Entropy.SYSTEM)) {
      return core.orders().carryOut(order);
    } catch (DataDir.InUse taken) {
      try {
        return ControlSocket.send(config.data().path(), order);
      } catch (IOException e) {
        taken.addSuppressed(e);
        throw taken;
      }
    }
  }
}
