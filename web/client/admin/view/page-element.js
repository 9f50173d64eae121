/// The base of the console's pages: what they ask the server for, and what went wrong.

import { html, nothing } from 'lit';
import { t } from '/app/i18n.js';
import { ParleyElement } from '/app/view/element.js';

export class PageElement extends ParleyElement {
  static properties = { busy: { state: true }, fault: { state: true } };

  #asked = 0;
  #online = true;

  constructor() {
    super();
    this.busy = false;
    this.fault = '';
  }

  firstUpdated() {
    this.refresh();
  }

  /// What could not be asked for want of a connection is asked again once there is one.
  willUpdate(changed) {
    super.willUpdate(changed);
    const online = this.store?.connection === 'online';
    if (online && !this.#online && this.fault) this.refresh();
    this.#online = online;
  }

  /// Asks the server for what the page shows.
  refresh() {}

  /// Runs `task` and shows what it fails with. Of several that overlap only the last gives its result to `take`.
  async attempt(task, take = () => {}) {
    const asked = ++this.#asked;
    this.busy = true;
    try {
      const result = await task();
      if (asked === this.#asked) {
        this.fault = '';
        take(result);
      }
      return true;
    } catch (fault) {
      if (asked === this.#asked) this.fault = fault.message;
      return false;
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }

  /// Asks the operator, see `ask-dialog.js`; null if it was called off.
  ask(question) {
    return document.querySelector('ask-dialog').ask(question);
  }

  problem() {
    return html`<p class="fault" role="alert" data-testid="fault">${this.fault || nothing}</p>`;
  }

  /// What stands where a list has nothing.
  empty(rows) {
    if (rows === null) return html`<p class="console-empty" role="status" data-testid="loading">${this.fault ? nothing : t('admin.loading')}</p>`;
    return rows.length === 0 ? html`<p class="console-empty" data-testid="empty">${t('admin.none')}</p>` : nothing;
  }
}
