package io.parley.session;

import io.parley.base.Limits;
import java.time.Duration;

/// How far a session is trusted.
///
/// @param adminSession how long after its login a session has the admin right
/// @param fresh how long after the password was shown dangerous acts are carried out
/// @param codeForAdmins whether the admin right takes a second factor
public record SessionPolicy(
    Limits limits, Duration adminSession, Duration fresh, boolean codeForAdmins) {}
