package io.parley.mail;

import java.util.Map;

/// A mail before it is sent.
///
/// @param to,cc addresses and the names shown with them, empty for none
/// @param content plain text, or HTML where it begins as a page does
public record Mail(
    Map<String, String> to, Map<String, String> cc, String subject, String content) {}
