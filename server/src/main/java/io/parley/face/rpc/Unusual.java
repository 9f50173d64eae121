package io.parley.face.rpc;

/// What [JsonWriter] or [JsonReader] leaves to the general converter, which decides whether it is
/// wrong. Has no stack trace: it is no more than another way to return.
final class Unusual extends Exception {
  Unusual() {
    super("left to the general converter", null, false, false);
  }
}
