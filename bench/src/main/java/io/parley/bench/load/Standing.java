package io.parley.bench.load;

/// Where a run stands at one moment.
///
/// @param acked sends acknowledged so far
/// @param delivered pushes seen so far
/// @param unanswered sent and not answered
/// @param unsent due and not sent
/// @param idle whether no talker has anything left to do
record Standing(long acked, long delivered, long unanswered, long unsent, boolean idle) {
  static final Standing NOTHING = new Standing(0, 0, 0, 0, true);

  Standing plus(Standing o) {
    return new Standing(
        acked + o.acked,
        delivered + o.delivered,
        unanswered + o.unanswered,
        unsent + o.unsent,
        idle && o.idle);
  }
}
