/// Random identifiers. `crypto.randomUUID` exists only on https and localhost, and a self-hosted Parley is often
/// opened as http on a local network, so the bytes are drawn here.

/// `bytes` random bytes as lower-case hex.
export function randomId(bytes = 16) {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(drawn, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
