package io.parley.face.socket;

import com.google.protobuf.Message;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.realtime.Lane;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The answer to one request on its way back: taken from any thread, written on the socket's lane.
/// The first of the two calls counts; a socket that is gone meanwhile makes it harmless.
final class Answer<R extends Message> implements Completion<R>, Lane.Work {
  private static final Logger log = LoggerFactory.getLogger(Answer.class);

  private final Calls calls;
  private final Lane lane;
  private final String cmd;
  private final int requestId;
  private boolean answered;
  private @Nullable R response;
  private @Nullable Fault fault;

  Answer(Calls calls, Lane lane, String cmd, int requestId) {
    this.calls = calls;
    this.lane = lane;
    this.cmd = cmd;
    this.requestId = requestId;
  }

  @Override
  public void done(R message) {
    send(message, null);
  }

  @Override
  public void failed(Fault why) {
    if (why.code() == FaultCode.INTERNAL) {
      log.error("{} failed", cmd, why);
    }
    send(null, why);
  }

  private void send(@Nullable R message, @Nullable Fault why) {
    synchronized (this) {
      if (answered) {
        return;
      }
      answered = true;
      response = message;
      fault = why;
    }
    lane.execute(this);
  }

  @Override
  public int run() {
    R message = response;
    if (message != null) {
      calls.answer(cmd, requestId, message);
    } else {
      calls.answer(
          cmd, requestId, fault == null ? Fault.of(FaultCode.INTERNAL, "no answer") : fault);
    }
    return 1;
  }
}
