package io.parley.bench.capacity;

/// Works out what a wish needs.
///
/// Assumed: parts are as fast together as each was alone; conversations are spread evenly over
/// servers and installations; every server hears of everything that the others of its installation
/// store, as it is built; a database takes what three servers got out of it, however many there
/// are; nobody's conversations lie in two installations.
public final class Model {
  private static final int INSTALLATIONS_MAX = 10_000;
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double MICROS = 1e6;

  /// Of a server's memory that connections may fill.
  private static final double MEMORY_FOR_CONNECTIONS = 0.7;

  private Model() {}

  /// The fewest installations that carry `wish`, and what each consists of.
  public static Need of(Measured measured, Wish wish) {
    for (int installations = 1; installations <= INSTALLATIONS_MAX; installations++) {
      Need need = each(measured, wish.part(installations), installations);
      if (need.serversEach() > 0) {
        return need;
      }
    }
    return each(measured, wish.part(INSTALLATIONS_MAX), 0);
  }

  /// One installation with the wish of that part; no servers if it cannot carry it.
  private static Need each(Measured measured, Wish wish, int installations) {
    double work = work(measured, wish);
    double hearing = wish.sends() * measured.hearUs() / MICROS;
    double own = wish.cores() * wish.busy();
    double byCores = servers(work, own, hearing);
    double byMemory =
        wish.connections()
            * (measured.socketBytes() + measured.kernelBytes())
            / (wish.memoryBytes() * MEMORY_FOR_CONNECTIONS - measured.serverBytes());
    double turn = wish.sends() / measured.turnSends();
    double bus = byCores <= 1 && byMemory <= 1 ? 0 : wish.sends() / measured.busEvents();
    boolean carries = byCores >= 0 && turn <= 1 && bus <= 1;
    int servers = carries ? (int) Math.ceil(Math.max(1, Math.max(byCores, byMemory))) : 0;
    return new Need(
        installations,
        servers,
        byCores,
        byMemory,
        servers > 1 ? hearing / wish.cores() : 0,
        turn,
        bus,
        wish.sends() * SECONDS_PER_DAY * wish.keptDays() * measured.messageBytes(),
        limit(byCores, byMemory, turn, bus));
  }

  /// Cores that all servers of an installation need but for hearing of each other.
  private static double work(Measured measured, Wish wish) {
    double more = Math.max(0, wish.receivers() - 1);
    return (wish.sends() * (measured.sendUs() + more * measured.pushUs())
            + wish.logins() * measured.loginUs()
            + wish.pings() * measured.pingUs())
        / MICROS;
  }

  /// Servers with `own` cores each for `work` cores, of which each hears of what the others do: all
  /// but its own share. Negative if hearing alone is as much as one has.
  private static double servers(double work, double own, double hearing) {
    if (work <= own) {
      return work / own;
    }
    if (own <= hearing) {
      return -1;
    }
    // n servers: work + (n - 1) * hearing = n * own.
    return (work - hearing) / (own - hearing);
  }

  private static String limit(double byCores, double byMemory, double turn, double bus) {
    if (byCores < 0) {
      return "hearing of each other";
    }
    if (Math.max(turn, bus) > 0.5) {
      return turn >= bus ? "the database's turn" : "the live way";
    }
    return byMemory > byCores ? "memory for connections" : "processor time";
  }
}
