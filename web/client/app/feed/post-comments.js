/// What was said under a post, latest first, and a field to say something: `.postId`.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ago } from '../format.js';
import { t } from '../i18n.js';
import { limits } from '../limits.js';
import { timeOf } from '../model/wire.js';
import { ask } from '../view/ask.js';
import { atMost } from '../view/at-most.js';
import { attempt } from '../view/attempt.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { feedOf } from './feed.js';
import { linked } from './linked.js';


class PostComments extends ParleyElement {
  static properties = { postId: { attribute: false }, replyTo: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.replyTo = null;
    this.busy = false;
  }

  render() {
    const list = feedOf(this.store).comments(this.postId);
    const byId = new Map(list.items.map((comment) => [comment.id, comment]));
    return html`
      <section class="comments" aria-label=${t('feed.comments')}>
        <form class="comment-form" @submit=${this.#submit}>
          ${this.replyTo
            ? html`<p class="replying">${t('feed.replying', { name: this.#name(this.replyTo) })}
                <button class="icon-button small" type="button" aria-label=${t('cancel')} @click=${() => (this.replyTo = null)}>${icon('close')}</button></p>`
            : nothing}
          <input name="content" data-testid="comment-field" aria-label=${t('feed.write-comment')} placeholder=${t('feed.write-comment')}
            maxlength=${atMost(limits.commentChars)} required autocomplete="off">
          <button class="icon-button accent" type="submit" data-testid="send-comment" aria-label=${t('feed.send-comment')} ?disabled=${this.busy}>${icon('send')}</button>
        </form>
        <ul data-testid="comment-list" aria-live="polite">${repeat(list.items, ({ id }) => id, (comment) => this.#comment(comment, byId))}</ul>
        <list-end .store=${this.store} .listing=${list} .empty=${html`<p class="hint">${t('feed.no-comments')}</p>`}></list-end>
      </section>`;
  }

  #comment(comment, byId) {
    const author = this.store.directory.user(comment.user_id);
    const answered = comment.reply_to !== '0' ? byId.get(comment.reply_to) : null;
    const post = feedOf(this.store).post(this.postId);
    const deletable = comment.user_id === this.store.me || post?.user_id === this.store.me;
    return html`
      <li class="comment" data-testid="comment" data-comment-id=${comment.id}>
        <a href="#people/user/${comment.user_id}" aria-hidden="true" tabindex="-1">${avatar(author)}</a>
        <div>
          <p class="comment-head"><a href="#people/user/${comment.user_id}">${author.name || '…'}</a>
            ${comment.reply_to === '0' ? nothing : html`<span class="hint">${t('feed.replied', { name: answered ? this.#name(answered) : '…' })}</span>`}</p>
          <p class="comment-text" dir="auto">${linked(comment.content)}</p>
          <p class="comment-foot"><span class="hint">${ago(timeOf(comment.created_at))}</span>
            <button class="link-button" type="button" data-testid="reply" @click=${() => this.#reply(comment)}>${t('feed.reply')}</button>
            ${deletable ? html`<button class="link-button" type="button" data-testid="delete-comment" @click=${() => this.#delete(comment)}>${t('feed.delete')}</button>` : nothing}</p>
        </div>
      </li>`;
  }

  #name(comment) {
    return this.store.directory.user(comment.user_id).name || '…';
  }

  #reply(comment) {
    this.replyTo = comment;
    this.querySelector('.comment-form input').focus();
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    const content = new FormData(form).get('content').trim();
    if (!content || this.busy) return;
    this.busy = true;
    const said = await attempt(this.store, () => feedOf(this.store).comment(this.postId, content, this.replyTo?.id));
    this.busy = false;
    if (!said) return;
    form.reset();
    this.replyTo = null;
  }

  async #delete(comment) {
    const sure = await ask({ title: t('feed.delete-comment-title'), action: t('feed.delete'), danger: true });
    if (sure) await attempt(this.store, () => feedOf(this.store).uncomment(this.postId, comment.id));
  }
}

customElements.define('post-comments', PostComments);
