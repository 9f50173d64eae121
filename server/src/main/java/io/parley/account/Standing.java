package io.parley.account;

import io.parley.base.Right;
import java.util.Set;

/// What an account that may log in is allowed.
///
/// @param rights those that it was granted
/// @param passwordExpired see [Account#passwordExpired]
/// @param secondFactor see [Account#secondFactor]
public record Standing(Set<Right> rights, boolean passwordExpired, boolean secondFactor) {}
