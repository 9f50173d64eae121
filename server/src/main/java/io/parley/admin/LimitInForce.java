package io.parley.admin;

/// One key of `limits`, as it is in force.
///
/// @param unit what is counted: bytes, seconds, characters …
/// @param text the sentence of parley.yaml; empty where the key says it all
public record LimitInForce(String key, long value, long byDefault, String unit, String text) {}
