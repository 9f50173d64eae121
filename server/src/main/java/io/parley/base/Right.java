package io.parley.base;

/// What an account or a service token may do beyond an ordinary account.
public enum Right {
  /// The admin console and its calls.
  ADMIN,
  /// Hold other accounts' sockets (GatewayService).
  GATEWAY,
  /// Send mail.
  MAIL,
  /// Name any account in the entry contracts.
  ENTRY
}
