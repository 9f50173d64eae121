package io.parley.mail;

import java.util.Map;

/// A mail before it is sent.
///
/// @param to,cc the people: a name, which may be empty, on one side and an address on the other,
///     whichever side that is; where both are addresses the value counts
/// @param content plain text, or HTML where it begins as a page does
public record Mail(
    Map<String, String> to, Map<String, String> cc, String subject, String content) {}
