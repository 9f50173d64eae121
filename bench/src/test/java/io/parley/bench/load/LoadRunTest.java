package io.parley.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.bench.ledger.Faults;
import io.parley.bench.load.FaultyServer.Fault;
import io.parley.bench.pace.DeliveryGate;
import io.parley.bench.socket.ClientSocket;
import io.parley.bench.socket.Lanes;
import io.parley.bench.socket.Opening;
import io.parley.bench.socket.SocketListener;
import io.parley.bench.wire.Form;
import io.parley.bench.wire.SendTemplate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole generator against a server that breaks one promise on purpose: a run must find what is
/// wrong, and nothing else.
class LoadRunTest {
  private static final Pace WINDOWED = new Pace.Windowed(8);

  private record Run(Outcome outcome, Audit audit) {}

  @ParameterizedTest
  @EnumSource(Fault.class)
  void run_findsTheFault_andNothingElse(Fault fault) throws Exception {
    Run run = run(fault, WINDOWED);
    Faults found = run.audit.faults();
    switch (fault) {
      case NONE, REFUSED, UNANSWERED -> assertEquals(Faults.NONE, found);
      case PUSH_DROPPED -> assertEquals(new Faults(1, 0, 0, 0, 0, 0, 0, 0), found);
      case PUSHED_TWICE -> assertEquals(new Faults(0, 1, 0, 0, 0, 0, 0, 0), found);
      case PUSHED_LATE -> assertEquals(new Faults(0, 0, 1, 0, 0, 0, 0, 0), found);
      case PUSH_ALTERED -> assertEquals(new Faults(0, 0, 0, 0, 0, 0, 1, 0), found);
      case PUSHED_TO_SENDER -> assertEquals(1, found.echoed());
      case SEQ_TWICE -> assertEquals(1, found.seqsTwice());
      case SEQ_SKIPPED -> assertEquals(new Faults(0, 0, 0, 0, 1, 0, 0, 1), found);
      case STORED_ANOTHER -> assertTrue(found.history() > 0 && found.lost() == 0, found.toString());
      case STORED_NOTHING -> assertEquals(new Faults(0, 0, 0, 0, 0, 0, 0, 2), found);
      case CLOSED_SLOW -> {
        assertEquals(Faults.NONE, found);
        assertEquals(1, run.audit.slow());
      }
      case CLOSED_ABRUPTLY -> assertTrue(found.lost() > 0, found.toString());
    }
    assertEquals(fault == Fault.REFUSED ? 1 : 0, run.outcome.stats().refused());
    assertEquals(fault == Fault.UNANSWERED ? 1 : 0, run.outcome.unanswered());
  }

  @Test
  void run_measuresRateAndLatency() throws Exception {
    Outcome outcome = run(Fault.NONE, WINDOWED).outcome;
    assertTrue(outcome.acksPerSecond() > 0);
    assertTrue(outcome.ackNanos().getTotalCount() > 0);
    assertTrue(outcome.deliveryNanos().getMaxValue() < 10_000_000_000L);
  }

  @Test
  void timedPace_sendsWhatItsTimetableSays() throws Exception {
    Run run = run(Fault.NONE, new Pace.Timed(500), Duration.ofSeconds(10));
    assertEquals(200.0, (double) run.outcome.ackNanos().getTotalCount(), 2);
    assertEquals(Faults.NONE, run.audit.faults());
  }

  @Test
  void partsOfTheTime_areCountedApart_andAddUp() throws Exception {
    Run run = run(Fault.NONE, new Pace.Timed(500), Duration.ofSeconds(10), 4);
    long acks = 0;
    for (Slice slice : run.outcome.slices()) {
      assertEquals(50.0, (double) slice.ackNanos().getTotalCount(), 2);
      assertEquals(slice.ackNanos().getTotalCount(), slice.deliveryNanos().getTotalCount());
      acks += slice.ackNanos().getTotalCount();
    }
    assertEquals(4, run.outcome.slices().size());
    assertEquals(run.outcome.ackNanos().getTotalCount(), acks);
  }

  @Test
  void gatedPace_isNotStoppedByALostDelivery_whileTheGateHasRoom() throws Exception {
    Run run = run(Fault.PUSH_DROPPED, new Pace.Gated(8, new DeliveryGate(1, 4)));
    assertTrue(run.outcome.acksPerSecond() > 0);
    assertEquals(1, run.audit.faults().lost());
  }

  private static Run run(Fault fault, Pace pace) throws Exception {
    return run(fault, pace, Duration.ofMillis(600));
  }

  private static Run run(Fault fault, Pace pace, Duration drain) throws Exception {
    return run(fault, pace, drain, 0);
  }

  private static Run run(Fault fault, Pace pace, Duration drain, int parts) throws Exception {
    Plan plan = new Plan(Duration.ofMillis(100), Duration.ofMillis(400), drain, pace, 1);
    try (FaultyServer server = new FaultyServer(fault);
        Lanes lanes = new Lanes(server.url(), 1)) {
      List<ClientSocket> sockets =
          Opening.open(
              2, 1000, i -> lanes.connect("" + (i + 1), "d", SocketListener.SILENT), done -> {});
      LoadRun load = new LoadRun(lanes, plan, null, parts);
      Endpoint sender =
          load.talk(sockets.get(0), SendTemplate.toUser(Form.BINARY, 2, "key", 1, 64), 1);
      Endpoint receiver = load.hear(sockets.get(1));
      Outcome outcome = load.run();
      Audit audit = new Audit(outcome);
      audit.conversation(List.of(sender, receiver), true);
      return new Run(outcome, audit);
    }
  }
}
