package io.parley.bus;

import io.parley.base.AccountId;

/// A device that connected.
///
/// @param device at most 64 characters
/// @param connection the connection's id
/// @param at grows with each arrival at whichever server
public record Arrival(AccountId account, String device, long connection, long at) {}
