package io.parley.mail;

/// What the server itself writes to somebody: plain text.
///
/// @param subject one line
public record Letter(String subject, String text) {}
