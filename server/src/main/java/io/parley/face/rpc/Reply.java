package io.parley.face.rpc;

import io.parley.base.Fault;

/// Where the answer to a call goes. Exactly one of the two is called, once, from any thread;
/// neither may block.
public interface Reply<R> {
  void done(R response);

  void failed(Fault fault);
}
