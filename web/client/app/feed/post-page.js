/// One post with what was said under it: `.postId`.

import { html } from 'lit';
import { Code } from '../fault.js';
import { t } from '../i18n.js';
import { Comeback } from '../view/comeback.js';
import { ParleyElement } from '../view/element.js';
import { emptyNote, paneHead } from '../view/pane.js';
import { feedOf } from './feed.js';
import './post-card.js';

class PostPage extends ParleyElement {
  static properties = { postId: { attribute: false }, fault: { state: true } };

  #comeback = new Comeback();

  willUpdate(changed) {
    super.willUpdate(changed);
    const back = this.#comeback.of(this.store);
    if (!changed.has('postId') && !(back && this.fault)) return;
    this.fault = '';
    feedOf(this.store)
      .fetch(this.postId)
      .catch((fault) => (this.fault = fault.code === Code.NOT_FOUND ? t('feed.gone') : fault.message));
  }

  render() {
    const post = feedOf(this.store).post(this.postId);
    return html`
      <main class="pane feed">
        ${paneHead(t('feed.post'), '#feed')}
        <div class="pane-body">
          ${this.fault
            ? emptyNote('alert', this.fault)
            : post
              ? html`<post-card .store=${this.store} .postId=${this.postId} .open=${true}></post-card>`
              : html`<p class="loading" role="status"><span class="spinner"></span>${t('list-end.loading')}</p>`}
        </div>
      </main>`;
  }
}

customElements.define('post-page', PostPage);
