/// What the console works with: the connection, who is at it, names of accounts, and words to the operator. Fires
/// `change` when something of this has changed, and `dormant` with the fault when the admin right is not in force.

import { Business } from '/app/fault.js';
import { t } from '/app/i18n.js';
import { proven } from '/app/view/prove.js';
import { Directory } from '/app/model/directory.js';
import { Notifier } from '/app/model/notifier.js';

export class Desk extends Notifier {
  me;
  directory;
  /// What waits for an operator, admin.PendingResponse; null until it is known.
  pending = null;

  #socket;

  constructor(socket, me) {
    super();
    this.me = me;
    this.#socket = socket;
    this.directory = new Directory((cmd, data) => this.request(cmd, data), () => this.changed());
    socket.addEventListener('state', this.#stateChanged);
  }

  get connection() {
    return this.#socket.state;
  }

  request(cmd, data) {
    return this.proven(() => this.#socket.request(cmd, data));
  }

  /// Runs `act`, with the password shown again where that is wanted: see `view/prove.js`.
  async proven(act) {
    try {
      return await proven(act, (cmd, data) => this.#socket.request(cmd, data), (question) => this.#put(question));
    } catch (fault) {
      if (fault.businessCode === Business.DORMANT) this.dispatchEvent(new CustomEvent('dormant', { detail: fault }));
      throw fault;
    }
  }

  #put(question) {
    return document.querySelector('ask-dialog').ask({
      title: t('admin.confirm'), text: t('admin.confirm-hint'), action: t('admin.confirm-ok'), ...question,
    });
  }

  /// Counts anew what waits. Where it cannot be, the old figures stay.
  async count() {
    try {
      this.pending = await this.admin('Pending');
      this.changed();
    } catch {
      // The next page asks again.
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

  /// Stops listening to the connection.
  close() {
    this.#socket.removeEventListener('state', this.#stateChanged);
  }

  #stateChanged = () => this.changed();
}
