package io.parley.face.socket;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.parley.base.Fault;
import io.parley.base.FaultCode;

/// One frame of a client, its data not yet decoded.
///
/// @param id `request_id`, 0 … 4294967295 as an unsigned int
/// @param dataBytes size of the data as it came
interface Request {
  String cmd();

  int id();

  int dataBytes();

  /// The data as a message of the same type as `prototype`. Fails with MALFORMED.
  <Q extends Message> Q data(Q prototype);

  /// What is wrong with the bytes, for the client; protobuf's own texts name fields and types,
  /// nothing of ours.
  static Fault malformed(InvalidProtocolBufferException cause) {
    String why = String.valueOf(cause.getMessage());
    return Fault.of(
        FaultCode.MALFORMED, "data: " + (why.length() <= 200 ? why : why.substring(0, 200)));
  }
}
