/// The feed: posts of followed accounts, recommended ones, the own, a search; one post with `#feed/post/ID`.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { emptyNote } from '../view/pane.js';
import { feedOf } from './feed.js';
import './post-card.js';
import './post-composer.js';
import './post-page.js';

const TABS = ['following', 'recommended', 'mine', 'search'];
const SEARCH_PAUSE_MS = 300;
const SHAPES = { following: 'star', recommended: 'compass', mine: 'pencil', search: 'search' };

class FeedSection extends ParleyElement {
  static properties = { path: { attribute: false } };

  #unwatch = null;
  #watched = null;
  #timer = 0;

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#unwatch?.();
    this.#watched = null;
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (this.store === this.#watched) return;
    this.#watched = this.store;
    this.#unwatch = feedOf(this.store).watch();
  }

  render() {
    const [what, id] = this.path;
    if (what === 'post' && id) return html`<post-page .store=${this.store} .postId=${id}></post-page>`;
    return this.#list(TABS.includes(what) ? what : 'following');
  }

  #list(tab) {
    const feed = feedOf(this.store);
    const list = feed.lists[tab];
    return html`
      <main class="pane feed" data-testid="feed" data-tab=${tab}>
        <header class="pane-head feed-head">
          <h1 class="for-screen-reader">${t('feed.title')}</h1>
          <nav class="segments" aria-label=${t('feed.title')}>
            ${TABS.map((each) => html`<a href="#feed/${each}" data-testid="tab-${each}" aria-current=${each === tab ? 'page' : nothing}>${t(`feed.${each}`)}</a>`)}
          </nav>
          <button class="icon-button" type="button" data-testid="refresh" aria-label=${t('feed.refresh')} title=${t('feed.refresh')}
            @click=${() => this.#refresh(list)}>${icon('refresh')}</button>
        </header>
        <div class="pane-body">
          ${tab === 'search' ? this.#search(feed) : html`<post-composer .store=${this.store} @posted=${() => (location.hash = 'feed/mine')}></post-composer>`}
          ${tab === 'following' && feed.fresh > 0
            ? html`<button class="pill" type="button" data-testid="new-posts" @click=${() => this.#refresh(list)}>${icon('up')}${t('feed.new-posts', { n: feed.fresh })}</button>`
            : nothing}
          <div class="posts" data-testid="posts" aria-busy=${list.loading}>
            ${repeat(list.items, (row) => row.id, (row) => html`<post-card .store=${this.store} .postId=${row.id} .reason=${row.reason}></post-card>`)}
          </div>
          <list-end .store=${this.store} .listing=${list} .empty=${this.#nothing(tab)}></list-end>
        </div>
      </main>`;
  }

  #search(feed) {
    const find = () => feed.find(this.querySelector('#feed-keyword').value.trim(), this.querySelector('#feed-sort').value);
    return html`
      <div class="feed-search">
        <label class="search">${icon('search')}
          <input id="feed-keyword" type="text" role="searchbox" data-testid="post-search" aria-label=${t('feed.search-for')} placeholder=${t('feed.search-for')}
            maxlength=${FIXED.keywordChars} autocomplete="off" .value=${feed.keyword} @input=${() => this.#later(find)}>
        </label>
        <select id="feed-sort" data-testid="post-sort" aria-label=${t('feed.sort')} @change=${find}>
          ${['Newest', 'Hottest'].map((sort) => html`<option value=${sort} .selected=${sort === feed.sort}>${t(`feed.${sort}`)}</option>`)}
        </select>
      </div>`;
  }

  #nothing(tab) {
    const way = tab === 'following' ? html`<a class="primary" href="#feed/recommended">${t('feed.see-recommended')}</a>` : nothing;
    return emptyNote(SHAPES[tab], t(`feed.no-${tab}`), t(`feed.no-${tab}-hint`), way);
  }

  async #refresh(list) {
    this.querySelector('.pane').scrollTo({ top: 0 });
    await list.again();
  }

  #later(act) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, SEARCH_PAUSE_MS);
  }
}

customElements.define('feed-section', FeedSection);
