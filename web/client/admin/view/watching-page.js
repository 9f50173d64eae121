/// The base of the pages that show how things are right now: what they show is asked for every five seconds while the
/// page is in sight.

import { PageElement } from './page-element.js';

const EVERY_MS = 5000;

export class WatchingPage extends PageElement {
  /// What `look` last gave; null before that.
  static properties = { seen: { state: true } };

  #timer = 0;

  constructor() {
    super();
    this.seen = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => document.visibilityState === 'visible' && this.refresh(), EVERY_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  refresh() {
    if (this.store.connection !== 'online') return;
    this.attempt(() => this.look(), (seen) => (this.seen = seen));
  }
}
