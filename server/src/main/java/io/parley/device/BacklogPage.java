package io.parley.device;

import java.util.List;

/// What a device has not acknowledged in a stretch of its conversations.
///
/// @param backlogs the conversation that moved last last
/// @param last the id of the last conversation that was looked at
/// @param more whether there are conversations behind it
public record BacklogPage(List<Backlog> backlogs, long last, boolean more) {}
