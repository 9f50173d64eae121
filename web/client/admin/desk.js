/// What the console works with: the connection, who is at it, names of accounts, and words to the operator. Fires
/// `change` when something of this has changed, and `dormant` with the fault when the admin right is not in force.

import { Business } from '/app/fault.js';
import { t } from '/app/i18n.js';
import { Directory } from '/app/model/directory.js';

const TOLD_MS = 5000;

export class Desk extends EventTarget {
  me;
  directory;
  /// A word to the operator that goes away by itself, or ''.
  told = '';

  #socket;
  #notified = false;
  #confirming = null;

  constructor(socket, me) {
    super();
    this.me = me;
    this.#socket = socket;
    this.directory = new Directory((cmd, data) => this.request(cmd, data), () => this.#changed());
    socket.addEventListener('state', () => this.#changed());
  }

  get connection() {
    return this.#socket.state;
  }

  request(cmd, data) {
    return this.proven(() => this.#socket.request(cmd, data));
  }

  /// Runs `act`. Where the server wants the password shown again it asks for that and runs `act` once more, so that
  /// nothing that was typed is lost; called off, it fails as `act` did.
  async proven(act) {
    try {
      return await act();
    } catch (fault) {
      if (fault.businessCode === Business.DORMANT) this.dispatchEvent(new CustomEvent('dormant', { detail: fault }));
      if (fault.businessCode !== Business.CONFIRM) throw fault;
      this.#confirming ??= this.#confirm().finally(() => (this.#confirming = null));
      if (!(await this.#confirming)) throw fault;
      return act();
    }
  }

  /// Whether the password was shown: asks until it is right or the question is called off.
  async #confirm() {
    let code = false;
    let wrong = '';
    for (;;) {
      const question = { title: t('admin.confirm'), text: t('admin.confirm-hint'), action: t('admin.confirm-ok'), password: true, code, fault: wrong };
      const answer = await document.querySelector('ask-dialog').ask(question);
      if (!answer) return false;
      try {
        await this.#socket.request('session.SessionService/ConfirmPassword', { password: answer.password });
        return true;
      } catch (fault) {
        wrong = fault.message;
      }
    }
  }

  /// Calls a method of `admin.AdminService`.
  admin(method, data = {}) {
    return this.request(`admin.AdminService/${method}`, data);
  }

  /// Calls a method of `feedplus.ModerationService`.
  moderate(method, data = {}) {
    return this.request(`feedplus.ModerationService/${method}`, data);
  }

  tell(text) {
    this.told = text;
    this.#changed();
    setTimeout(() => {
      if (this.told !== text) return;
      this.told = '';
      this.#changed();
    }, TOLD_MS);
  }

  #changed() {
    if (this.#notified) return;
    this.#notified = true;
    queueMicrotask(() => {
      this.#notified = false;
      this.dispatchEvent(new Event('change'));
    });
  }
}
