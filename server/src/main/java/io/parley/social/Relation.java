package io.parley.social;

/// What one account is to another, from the first one's side.
///
/// @param remark the first one's own name for the other, empty for none
/// @param confirmed they are friends, and the other asked for it or accepted it
/// @param requested the first one asked to be friends and waits
/// @param asked the other asked and waits
/// @param blocking the first one blocks the other; the reverse is told to nobody
public record Relation(
    boolean friend,
    boolean confirmed,
    String remark,
    boolean requested,
    boolean asked,
    boolean following,
    boolean followed,
    boolean blocking) {}
