/// An account as others see it, what it is to this one, and what can be done about that.

import { html, nothing } from 'lit';
import { Business, Code } from '../fault.js';
import { longDate } from '../format.js';
import { t } from '../i18n.js';
import { openInviteMaker } from '../invite/invite-maker.js';
import { FIXED } from '../limits.js';
import { timeOf } from '../model/wire.js';
import { ask } from '../view/ask.js';
import { attempt } from '../view/attempt.js';
import { avatar } from '../view/avatar.js';
import { Comeback } from '../view/comeback.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { handleOf } from '../view/handle.js';
import { emptyNote, paneHead } from '../view/pane.js';
import { report } from '../view/report.js';
import { friendsOf } from './friends.js';

class UserCard extends ParleyElement {
  static properties = { userId: { attribute: false }, user: { state: true }, fault: { state: true } };

  #comeback = new Comeback();

  willUpdate(changed) {
    super.willUpdate(changed);
    const back = this.#comeback.of(this.store);
    if (!changed.has('userId') && !(back && this.fault)) return;
    this.user = null;
    this.fault = '';
    this.#load(this.userId);
  }

  render() {
    return html`
      <main class="pane">
        ${paneHead(t('people.profile'), '#people')}
        <div class="pane-body">${this.fault ? emptyNote('alert', this.fault) : this.user ? this.#card() : this.#loading()}</div>
      </main>`;
  }

  #loading() {
    return html`<p class="loading" role="status"><span class="spinner"></span>${t('list-end.loading')}</p>`;
  }

  #card() {
    const { id, nickname, gender, avatar_url: avatarUrl, extra } = this.user;
    const friends = friendsOf(this.store);
    const relation = id === this.store.me ? null : friends.relation(id);
    const name = relation?.remark || nickname;
    return html`
      <section class="profile" data-testid="profile" data-user-id=${id} data-relation=${relation ? stateOf(relation) : 'self'}>
        <span class="portrait">${avatar({ id, name: nickname, avatarUrl })}${friends.online(id) ? html`<span class="online-dot" role="img" aria-label=${t('people.online')}></span>` : nothing}</span>
        <h2 data-testid="profile-name">${name}</h2>
        ${handleOf(this.user)}
        ${name === nickname ? nothing : html`<p class="hint">${t('people.nickname-is', { name: nickname })}</p>`}
        <p class="hint">${gender === 'Unknown' ? nothing : html`${t(`gender.${gender}`)} · `}${t('people.since', { date: longDate(timeOf(this.user.created_at)) })}</p>
        ${extra ? html`<p class="bio">${extra}</p>` : nothing}
        ${relation?.followed ? html`<p class="chip">${t('people.follows-you')}</p>` : nothing}
        ${id === this.store.me ? html`
          <div class="profile-actions">
            <a class="primary" href="#me">${t('people.edit-own')}</a>
            <button class="plain" type="button" data-testid="invite-by-link" @click=${() => openInviteMaker(this.store, null)}>${icon('link')}${t('invite.by-link')}</button>
          </div>` : relation ? this.#actions(friends, relation) : this.#loading()}
      </section>`;
  }

  #actions(friends, relation) {
    const { id } = this.user;
    const act = (what, done) => () => attempt(this.store, what, done);
    if (relation.blocking) {
      return html`
        <p class="hint">${t('people.you-block')}</p>
        <button class="primary" type="button" data-testid="unblock" @click=${act(() => friends.block(id, false))}>${t('people.undo-blocked')}</button>
        <div class="profile-more">${this.#report()}</div>`;
    }
    return html`
      <div class="profile-actions">
        <a class="primary" href="#user:${id}" data-testid="message">${icon('chat')}${t('people.message')}</a>
        ${this.#friendship(friends, relation, act)}
        <button class="plain" type="button" data-testid="follow" aria-pressed=${relation.following}
          @click=${act(() => friends.follow(id, !relation.following))}>${icon('star')}${t(relation.following ? 'people.undo-following' : 'people.follow')}</button>
      </div>
      <div class="profile-more">
        ${relation.friend
          ? html`
            <button class="quiet-button" type="button" data-testid="remark" @click=${() => this.#remark(friends, relation)}>${icon('pencil')}${t('people.remark')}</button>
            <button class="quiet-button" type="button" data-testid="unfriend" @click=${() => this.#unfriend(friends)}>${icon('exit')}${t('people.unfriend')}</button>`
          : nothing}
        <button class="quiet-button danger" type="button" data-testid="block" @click=${() => this.#block(friends)}>${icon('block')}${t('people.block')}</button>
        ${this.#report()}
      </div>`;
  }

  #report() {
    const { id } = this.user;
    return html`<button class="quiet-button danger" type="button" data-testid="report-person" @click=${() => report(this.store, 'ACCOUNT', id, id)}>${icon('flag')}${t('report')}</button>`;
  }

  #friendship(friends, relation, act) {
    const { id } = this.user;
    if (relation.friend) return nothing;
    if (relation.asked) {
      return html`
        <button class="primary" type="button" data-testid="accept" @click=${act(() => friends.accept(id), t('people.now-friends'))}>${icon('check')}${t('people.accept')}</button>
        <button class="plain" type="button" data-testid="refuse" @click=${act(() => friends.refuse(id))}>${t('people.refuse')}</button>`;
    }
    if (relation.requested) {
      return html`<button class="plain" type="button" data-testid="take-back" @click=${act(() => friends.remove(id))}>${icon('clock')}${t('people.take-back-request')}</button>`;
    }
    return html`<button class="plain" type="button" data-testid="befriend" @click=${() => this.#befriend(friends)}>${icon('person-plus')}${t('people.add')}</button>`;
  }

  async #befriend(friends) {
    const note = await ask({
      title: t('people.add-title', { name: this.user.nickname }),
      action: t('people.send-request'),
      field: { label: t('people.note'), max: FIXED.noteChars, lines: 3 },
    });
    if (note === null) return;
    await attempt(this.store, async () => {
      const friend = await friends.ask(this.user.id, note.trim()).catch((fault) => {
        throw fault.businessCode === Business.FORBIDDEN ? new Error(t('people.not-asked')) : fault;
      });
      this.store.tell(t(friend ? 'people.now-friends' : 'people.request-sent'));
    });
  }

  async #remark(friends, relation) {
    const remark = await ask({
      title: t('people.remark'),
      text: t('people.remark-hint'),
      action: t('save'),
      field: { label: t('people.remark-label', { name: this.user.nickname }), value: relation.remark, max: FIXED.remarkChars },
    });
    if (remark !== null) await attempt(this.store, () => friends.remark(this.user.id, remark.trim()));
  }

  async #unfriend(friends) {
    const sure = await ask({ title: t('people.unfriend-title', { name: this.user.nickname }), text: t('people.unfriend-text'), action: t('people.unfriend'), danger: true });
    if (sure) await attempt(this.store, () => friends.remove(this.user.id));
  }

  async #block(friends) {
    const sure = await ask({ title: t('people.block-title', { name: this.user.nickname }), text: t('people.block-text'), action: t('people.block'), danger: true });
    if (sure) await attempt(this.store, () => friends.block(this.user.id, true));
  }

  async #load(id) {
    try {
      const { user } = await this.store.request('user.UserService/GetUser', { id });
      this.store.directory.learnUser(user);
      this.store.presence.ask([id]).catch(() => {});
      if (id === this.userId) this.user = user;
    } catch (fault) {
      if (id === this.userId) this.fault = fault.code === Code.NOT_FOUND ? t('people.no-profile') : fault.message;
    }
  }
}

/// In one word, for tests and styles.
function stateOf({ blocking, friend, asked, requested }) {
  if (blocking) return 'blocking';
  if (friend) return 'friend';
  if (asked) return 'asked';
  return requested ? 'requested' : 'stranger';
}

customElements.define('user-card', UserCard);
