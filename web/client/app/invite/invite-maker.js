/// Makes a link to send, into `.group` (`{id, name}`) or else to the account itself, shows it as text and as a QR code,
/// and lists those that can still be used. With `.short` it shows one link at once: one that is there, or a new one.

import { html, nothing, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { openDialog } from '../chat/dialog.js';
import { longDate, span } from '../format.js';
import { t } from '../i18n.js';
import { accountOf } from '../me/account.js';
import { Listing, byCursor } from '../model/listing.js';
import { timeOf } from '../model/wire.js';
import { ActElement } from '../view/act-element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { qrPicture } from '../view/qr-picture.js';

const INVITES = 'invite.InviteService';
const WEEK = 604_800;
const LIVES = [3600, 86_400, WEEK, 2_592_000];
const FEW = 10;
const USES = [1, FEW, 100, 1000];

/// A dialog with all of it. `group`: `{id, name}`, or null.
export function openInviteMaker(store, group) {
  const dialog = openDialog(group ? t('invite.into', { name: group.name }) : t('invite.somebody'), 'invite-dialog');
  render(html`<invite-maker .store=${store} .group=${group}></invite-maker>`, dialog.body);
}

class InviteMaker extends ActElement {
  static properties = { group: { attribute: false }, short: { attribute: false }, shown: { state: true } };

  #live = null;

  constructor() {
    super();
    this.group = null;
    this.short = false;
    /// The invite whose link is shown, or null.
    this.shown = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#live ??= new Listing(
      byCursor((cursor, page_size) =>
        this.store.request(`${INVITES}/ListInvites`, { group_id: this.group?.id ?? '0', cursor, page_size })
          .then(({ invite, next_cursor }) => ({ rows: (invite ?? []).filter((each) => this.#isHere(each)), next: next_cursor }))),
      () => this.store.changed(),
    );
  }

  firstUpdated() {
    if (this.short) this.#first();
  }

  render() {
    return html`
      ${this.shown ? this.#link(this.shown) : nothing}
      ${this.short ? nothing : this.#form()}
      <p class="fault" role="alert" data-testid="invite-fault">${this.fault || nothing}</p>
      ${this.short ? nothing : this.#list()}`;
  }

  #form() {
    return html`
      <form class="form invite-form" @submit=${this.#make} aria-busy=${this.busy}>
        ${!this.group && accountOf(this.store).admin ? this.#field('kind', ['INVITE_PERSON', 'INVITE_SERVER'], 'INVITE_PERSON', (kind) => t(`invite.${kind}`)) : nothing}
        <div class="invite-fields">
          ${this.#field('life', LIVES, WEEK, span)}
          ${this.#field('uses', USES, this.group ? FEW : 1, (n) => t('invite.people', { n }))}
        </div>
        <button class="primary" type="submit" data-testid="make-invite" ?disabled=${this.busy}>${icon('link')}${t('invite.make')}</button>
      </form>`;
  }

  #field(name, values, usual, say) {
    return html`
      <label>${t(`invite.${name}`)}
        <select name=${name} data-testid="invite-${name}">${values.map((each) => html`<option value=${each} ?selected=${each === usual}>${say(each)}</option>`)}</select>
      </label>`;
  }

  #link(invite) {
    return html`
      <section class="invite-link" data-testid="invite-shown" aria-label=${t('invite.link')}>
        ${qrPicture(invite.link, t('invite.qr'), 'invite-qr')}
        <input type="text" readonly data-testid="invite-link" aria-label=${t('invite.link')} .value=${invite.link} @focus=${(event) => event.target.select()}>
        <p class="hint">${summary(invite)}</p>
        <div class="invite-actions">
          ${navigator.clipboard ? html`<button class="plain" type="button" data-testid="copy-invite" @click=${() => this.#copy(invite)}>${icon('copy')}${t('invite.copy')}</button>` : nothing}
          ${navigator.share ? html`<button class="plain" type="button" data-testid="share-invite" @click=${() => this.#share(invite)}>${icon('send')}${t('invite.share')}</button>` : nothing}
        </div>
      </section>`;
  }

  #list() {
    return html`
      <h3>${t('invite.live')}</h3>
      <ul class="rows invite-rows" data-testid="invites">
        ${repeat(this.#live.items, ({ id }) => id, (invite) => html`
          <li class="row" data-testid="invite" data-invite-id=${invite.id}>
            <button class="row-link" type="button" data-testid="show-invite" aria-pressed=${this.shown?.id === invite.id} @click=${() => (this.shown = invite)}>
              ${icon('link')}
              <span class="row-text"><b>${t('invite.came', { uses: invite.uses ?? 0, max: invite.uses_max })}</b><small>${until(invite)}</small></span>
            </button>
            <button class="quiet-button danger" type="button" data-testid="revoke-invite" ?disabled=${this.busy} @click=${() => this.#revoke(invite)}>${t('invite.revoke')}</button>
          </li>`)}
      </ul>
      <list-end .store=${this.store} .listing=${this.#live} .empty=${html`<p class="hint">${t('invite.no-live')}</p>`}></list-end>`;
  }

  /// Those of the account itself have those into its groups among them, which stand with the groups.
  #isHere(invite) {
    return this.group ? true : invite.kind !== 'INVITE_GROUP';
  }

  /// Nobody needs two links because they came back to the page.
  #first() {
    return this.act(async () => {
      await this.#live.again();
      this.shown = this.#live.items.find(({ kind }) => kind === 'INVITE_PERSON') ?? (await this.#create({ life: WEEK, uses: FEW }));
    });
  }

  #make(event) {
    event.preventDefault();
    const chosen = Object.fromEntries(new FormData(event.target));
    return this.act(async () => (this.shown = await this.#create(chosen)));
  }

  async #create({ kind = 'INVITE_PERSON', life, uses }) {
    const { invite } = await this.store.request(`${INVITES}/CreateInvite`, {
      kind: this.group ? 'INVITE_GROUP' : kind,
      group_id: this.group?.id ?? '0',
      expires_in_s: Number(life),
      uses_max: Number(uses),
    });
    this.#live.put(invite);
    return invite;
  }

  #revoke({ id }) {
    return this.act(async () => {
      await this.store.request(`${INVITES}/RevokeInvite`, { id });
      this.#live.remove(id);
      if (this.shown?.id === id) this.shown = null;
    });
  }

  #copy({ link }) {
    navigator.clipboard.writeText(link).then(() => this.store.tell(t('message.copied')), () => this.store.tell(t('message.not-copied')));
  }

  /// Whoever thinks better of it has not failed.
  #share({ link }) {
    navigator.share({ title: 'Parley', text: this.group ? t('invite.into', { name: this.group.name }) : '', url: link }).catch(() => {});
  }
}

function summary(invite) {
  return `${t('invite.people', { n: invite.uses_max })} · ${until(invite)}`;
}

function until({ expires_at: at }) {
  return at ? t('invite.until', { date: longDate(timeOf(at)) }) : t('invite.for-ever');
}

customElements.define('invite-maker', InviteMaker);
