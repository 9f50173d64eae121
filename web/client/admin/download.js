/// Fetches an export with the operator's token, which a plain link could not carry, and saves it.

import { Fault } from '/app/fault.js';
import { savedToken } from '/app/session.js';

const KEPT_MS = 60_000;

export async function download(kind) {
  const response = await fetch(`/v1/admin/exports/${kind}`, { credentials: 'omit', headers: { authorization: `Bearer ${savedToken()}` } }).catch(() => {
    throw Fault.offline();
  });
  if (!response.ok) throw await Fault.fromResponse(response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = `parley-${kind}.jsonl.gz`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
