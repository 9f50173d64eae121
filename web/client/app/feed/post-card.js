/// One post: `.postId`, `.reason`: why it is shown (feed.FeedReason), `.open`: whether the comments are.

import { html, nothing } from 'lit';
import { ago, clock, longDate } from '../format.js';
import { t } from '../i18n.js';
import { FIXED, limits } from '../limits.js';
import { timeOf } from '../model/wire.js';
import { ask } from '../view/ask.js';
import { attempt } from '../view/attempt.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { feedOf } from './feed.js';
import './post-comments.js';
import { media } from './post-media.js';
import { linked } from './linked.js';
import { whyText } from './why.js';

const LONG_CHARS = 480;
const LONG_LINES = 10;

class PostCard extends ParleyElement {
  static properties = {
    postId: { attribute: false },
    reason: { attribute: false },
    open: { attribute: false },
    whole: { state: true },
    why: { state: true },
  };

  constructor() {
    super();
    this.open = false;
    this.whole = false;
    this.why = false;
  }

  render() {
    const post = feedOf(this.store).post(this.postId);
    if (!post) return nothing;
    return html`
      <article class="post" data-testid="post" data-post-id=${post.id} data-reason=${this.reason?.kind ?? nothing}>
        ${this.#head(post)}
        ${this.why ? html`<p class="why" role="status" data-testid="why">${icon('question')}<span>${whyText(this.reason, post, this.store)}</span></p>` : nothing}
        ${post.user_id === this.store.me ? this.#verdict(post) : nothing}
        ${post.content ? this.#text(post) : nothing} ${media(post)} ${this.#foot(post)}
        ${this.open ? html`<post-comments .store=${this.store} .postId=${post.id}></post-comments>` : nothing}
      </article>`;
  }

  #head(post) {
    const author = this.store.directory.user(post.user_id);
    const at = timeOf(post.created_at);
    const edited = timeOf(post.updated_at) > at;
    return html`
      <header class="post-head">
        <a href="#people/user/${post.user_id}" aria-hidden="true" tabindex="-1">${avatar(author)}</a>
        <div class="post-by">
          <a class="post-author" href="#people/user/${post.user_id}" data-testid="post-author">${author.name || '…'}</a>
          <a class="hint" href="#feed/post/${post.id}"><time datetime=${new Date(at).toISOString()} title="${longDate(at)} ${clock(at)}">${ago(at)}</time>${edited ? ` · ${t('feed.edited')}` : nothing}</a>
        </div>
        ${post.review_status === 'ReviewPass' ? nothing : html`<span class="chip">${t(`feed.${post.review_status}`)}</span>`}
        ${this.#menu(post)}
      </header>`;
  }

  /// What a moderator made of it, for its author.
  #verdict(post) {
    if (post.operator === '0') return nothing;
    const stands = judgement(post);
    const text = stands ? t(`feed.judged-${stands}`) : '';
    const said = post.remark ? t('feed.judged-remark', { remark: post.remark }) : '';
    return text || said ? html`<p class="why" role="status" data-testid="verdict">${icon('shield')}<span>${text}${text && said ? html`<br>` : nothing}${said}</span></p>` : nothing;
  }

  #menu(post) {
    const item = (testid, text, act) => html`<button type="button" data-testid=${testid} @click=${act}>${text}</button>`;
    const own = post.user_id === this.store.me;
    return html`
      <details class="menu">
        <summary class="icon-button small" data-testid="post-menu" aria-label=${t('feed.menu')}>${icon('more')}</summary>
        <div class="menu-items">
          ${this.reason ? item('ask-why', t('feed.why'), () => (this.why = !this.why)) : nothing}
          ${own ? item('edit-post', t('edit'), () => this.#edit(post)) : nothing}
          ${own ? item('delete-post', t('feed.delete'), () => this.#delete(post)) : item('report', t('feed.report'), () => this.#report(post))}
        </div>
      </details>`;
  }

  #text({ content }) {
    const long = content.length > LONG_CHARS || content.split('\n').length > LONG_LINES;
    return html`
      <p class="post-text ${long && !this.whole ? 'clamped' : ''}" data-testid="post-text" dir="auto">${linked(content)}</p>
      ${long
        ? html`<button class="link-button more" type="button" data-testid="whole" aria-expanded=${this.whole} @click=${() => (this.whole = !this.whole)}>${t(this.whole ? 'feed.less' : 'feed.more')}</button>`
        : nothing}`;
  }

  #foot(post) {
    const feed = feedOf(this.store);
    const likes = Number(post.like_count);
    const comments = Number(post.comment_count);
    return html`
      <footer class="post-foot">
        <button class="quiet-button like" type="button" data-testid="like" aria-pressed=${post.liked} aria-label=${t('feed.like-count', { n: likes })}
          @click=${() => attempt(this.store, () => feed.like(post.id, !post.liked))}>${icon('heart')}<span data-testid="likes">${likes}</span></button>
        <button class="quiet-button" type="button" data-testid="comments" aria-expanded=${this.open} aria-label=${t('feed.comment-count', { n: comments })}
          @click=${() => (this.open = !this.open)}>${icon('comment')}<span data-testid="comment-count">${comments}</span></button>
        <span class="hint views">${t('feed.views', { n: Number(post.view_count) })}</span>
      </footer>`;
  }

  async #edit(post) {
    const content = await ask({
      title: t('feed.edit-title'),
      action: t('save'),
      field: { label: t('feed.text'), value: post.content, max: limits.postChars, lines: 6, required: post.type === 'Txt' },
    });
    if (content !== null) await attempt(this.store, () => feedOf(this.store).edit(post, content.replaceAll('\r\n', '\n')));
  }

  async #delete(post) {
    const sure = await ask({ title: t('feed.delete-title'), text: t('feed.delete-text'), action: t('feed.delete'), danger: true });
    if (!sure) return;
    const gone = await attempt(this.store, () => feedOf(this.store).remove(post.id), t('feed.deleted'));
    if (gone && location.hash.startsWith('#feed/post/')) location.hash = 'feed/mine';
  }

  async #report(post) {
    const reason = await ask({
      title: t('feed.report-title'),
      text: t('feed.report-text'),
      action: t('feed.report'),
      field: { label: t('feed.report-reason'), max: FIXED.reportChars, lines: 3, required: true },
    });
    if (reason !== null) await attempt(this.store, () => feedOf(this.store).report(post.id, reason), t('feed.reported'));
  }
}

/// Where a post that was judged stands: 'changed' waits for another look; '' is as any other.
function judgement(post) {
  if (post.is_enable === 'NotEnable') return 'off';
  return { ReviewTo: 'changed', ReviewFail: 'refused' }[post.review_status] ?? '';
}

customElements.define('post-card', PostCard);
