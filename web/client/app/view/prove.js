/// Runs `act`. Where the server wants the password shown again it asks for that, for a code too where the account has a
/// second factor, and runs `act` once more; called off, it fails as `act` did. `request` calls the server, `put` puts a
/// question `{password: true, code, fault}` and gives `{password, code}` or null.

import { Business } from '../fault.js';

export async function proven(act, request, put) {
  try {
    return await act();
  } catch (fault) {
    if (fault.businessCode !== Business.CONFIRM || !(await confirmed(request, put))) throw fault;
    return act();
  }
}

/// Whether the password was shown: asks until it is right or the question is called off.
async function confirmed(request, put) {
  let code = false;
  let wrong = '';
  for (;;) {
    const answer = await put({ password: true, code, fault: wrong });
    if (!answer) return false;
    try {
      await request('session.SessionService/ConfirmPassword', { password: answer.password, totp_code: answer.code ?? '' });
      return true;
    } catch (fault) {
      wrong = fault.businessCode === Business.CODE && !code ? '' : fault.message;
      code ||= fault.businessCode === Business.CODE;
    }
  }
}
