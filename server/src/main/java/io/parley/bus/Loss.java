package io.parley.bus;

/// Events of other nodes that may not have come here. What they told of is in the store.
///
/// @param node the number of the node that announced them; [#ALL] for every other one;
/// [#FORGOTTEN] for every other one over so long a time that the store no longer says who logged
/// out in it
/// @param sinceMs epoch milliseconds by the clock of the node that announced them, or by ours for
///     every other one: what was announced before came
/// @param over whether events come again; if not, more is being lost, and is told again later with
///     the time from then on
public record Loss(int node, long sinceMs, boolean over) {
  public static final int ALL = -1;
  public static final int FORGOTTEN = -2;
}
