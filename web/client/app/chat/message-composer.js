/// Where a message is written. Enter sends (or not: `enter.js`), Shift+Enter starts a new line, Escape gives up an answer
/// or an edit; files
/// come from the menu, the clipboard or a drop. What is written is the conversation's draft at once (`model/drafts.js`).

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { enterSends } from '../enter.js';
import { moment } from '../format.js';
import { charsOver, isWithin, limits } from '../limits.js';
import { edit } from '../model/deeds.js';
import { NO_DRAFT } from '../model/drafts.js';
import { targetOf } from '../model/wire.js';
import { ParleyElement } from '../view/element.js';
import { attachMenu } from './attach-menu.js';
import { aboutLine, composerRow } from './composer-row.js';
import './face-grid.js';
import { formatKeyed, formatMenu } from './formats.js';
import './mention-picker.js';
import { offerFiles } from './offer-files.js';
import { openMenu } from './popup.js';
import './voice-recorder.js';

/// The server's limit.
const MENTION = /(?:^|\s)@([^\s@]{0,32})$/;
// A click on the list of names takes the focus away first.
const LEAVE_MS = 150;

class MessageComposer extends ParleyElement {
  static properties = {
    chat: { attribute: false },
    problem: { state: true },
    recording: { state: true },
    naming: { state: true },
  };

  #shown = NO_DRAFT;

  constructor() {
    super();
    this.problem = '';
    this.recording = false;
    this.naming = null;
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (!changed.has('chat')) return;
    this.problem = '';
    this.recording = false;
    this.naming = null;
    this.#learnStanding();
  }

  render() {
    const { text, about } = this.draft;
    const over = charsOver(text.trim(), limits.textChars);
    const problem = over > 0 ? t('composer.too-long', { n: over }) : this.problem;
    return html`
      <form class="composer" @submit=${this.#submit}>
        ${this.#silenced()}
        ${problem ? html`<p class="fault" role="alert" data-testid="composer-problem">${problem}</p>` : nothing}
        ${about ? aboutLine(this.#newest(about), this.store, () => this.#giveUp()) : nothing}
        ${this.naming ? this.#picker() : nothing}
        ${this.recording ? this.#recorder() : composerRow(this.draft, over, this.#on)}
      </form>`;
  }

  updated(changed) {
    if (this.draft !== this.#shown || changed.has('chat') || changed.has('recording')) this.#grow();
    this.#shown = this.draft;
    if (changed.has('chat') && matchMedia('(hover: hover)').matches) this.#area.focus();
  }

  /// Begins an answer to `message`.
  reply(message) {
    const keep = this.draft.about?.mode === 'edit' ? NO_DRAFT : this.draft;
    this.#begin({ ...keep, about: { mode: 'reply', message } });
  }

  /// Begins to edit a text of one's own.
  edit(message) {
    const named = message.atUserIds.map((id) => this.store.directory.user(id));
    this.#begin({ text: message.content.content, about: { mode: 'edit', message }, named });
  }

  /// Something else takes its place for a while: nothing is to be recorded out of sight.
  rest() {
    this.recording = false;
  }

  /// Shows files before they are sent.
  offer(files) {
    this.problem = '';
    offerFiles(files, { store: this.store, chat: this.chat, more: this.#more(), sent: () => this.#sent() });
  }

  #on = {
    attach: (event) => this.#attach(event),
    picked: (event) => this.#picked(event),
    faces: (event) => this.#faces(event),
    format: (event) => formatMenu(event.currentTarget, this.#area),
    typed: (event) => this.#typed(event),
    keyed: (event) => this.#keyed(event),
    pasted: (event) => this.#pasted(event),
    left: () => setTimeout(() => (this.naming = null), LEAVE_MS),
    record: () => (this.recording = true),
  };

  /// As `Drafts` has it.
  get draft() {
    return this.store.drafts.of(this.chat);
  }

  set draft(draft) {
    this.store.drafts.put(this.chat, draft);
    this.requestUpdate();
  }

  get #area() {
    return this.querySelector('textarea');
  }

  /// Mutes are not pushed: whoever opens a group asks again.
  #learnStanding() {
    const { groupId } = targetOf(this.chat);
    if (!groupId) return;
    this.store.members.forget(groupId);
    this.store.members.of(groupId).then(() => this.requestUpdate(), () => {});
  }

  /// Says why a message would be refused, and until when. What was begun may be written on.
  #silenced() {
    const { groupId } = targetOf(this.chat);
    if (!groupId) return nothing;
    const until = this.store.members.mutedUntil(groupId);
    const { closed, role } = this.store.directory.group(groupId);
    const told = until > Date.now() ? t('composer.muted-until', { time: moment(until) })
      : closed && role === 'ROLE_MEMBER' ? t('refusal.closed') : '';
    return told ? html`<p class="silenced" role="status" data-testid="silenced">${told}</p>` : nothing;
  }

  #picker() {
    return html`
      <mention-picker .store=${this.store} .groupId=${targetOf(this.chat).groupId} .query=${this.naming}
        @chosen=${(event) => this.#name(event.detail)}></mention-picker>`;
  }

  #recorder() {
    return html`
      <voice-recorder @cancel=${() => (this.recording = false)} @problem=${({ detail }) => this.#stopped(detail)}
        @recorded=${({ detail }) => this.#voice(detail)}></voice-recorder>`;
  }

  #attach(event) {
    attachMenu(event.currentTarget, {
      pick: (testid) => this.querySelector(`input[data-testid=${testid}]`).click(),
      place: (location) => this.#deliver('location', location),
    });
  }

  #faces(event) {
    openMenu(event.currentTarget, t('composer.faces'), [], (close) => html`
      <face-grid .stickers=${true} @symbol=${({ detail }) => this.#insert(detail)} @sticker=${({ detail }) => {
        close();
        this.#deliver('face', { symbol: detail });
      }}></face-grid>`);
  }

  #insert(symbol) {
    this.#area.setRangeText(symbol, this.#area.selectionStart, this.#area.selectionEnd, 'end');
    this.draft = { ...this.draft, text: this.#area.value };
  }

  #typed(event) {
    const { value, selectionStart } = event.target;
    this.draft = { ...this.draft, text: value };
    this.problem = '';
    const at = this.chat.startsWith('group:') && value.slice(0, selectionStart).match(MENTION);
    this.naming = at ? { text: at[1], from: selectionStart - at[1].length - 1 } : null;
    if (value.trim()) this.store.presence.write(this.store.conversation(this.chat).id);
  }

  /// Puts the name of a member where the `@` was written.
  #name(entry) {
    const end = this.#area.selectionStart;
    this.#area.setRangeText(`@${entry.nickname} `, this.naming.from, end, 'end');
    this.draft = { ...this.draft, text: this.#area.value, named: [...this.draft.named, entry] };
    this.naming = null;
    this.#area.focus();
  }

  /// What a draft answers may have been edited or taken back since.
  #newest({ mode, message }) {
    return { mode, message: this.store.timeline(this.chat).at(message.seq) ?? message };
  }

  /// While an input method composes (Chinese, Japanese …) Enter belongs to it; Safari reports that as key 229.
  #keyed(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (this.naming && this.querySelector('mention-picker').keyed(event)) return;
    if (formatKeyed(event)) return;
    if (event.key === 'Escape' && this.draft.about) return this.#giveUp();
    if (event.key === 'ArrowUp' && this.draft === NO_DRAFT) return this.#editLast(event);
    if (event.key !== 'Enter' || event.shiftKey) return;
    if (!enterSends() && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#submit(event);
  }

  /// ↑ where nothing is written takes one's last message back to the pen, while it can be edited.
  #editLast(event) {
    const { messages } = this.store.timeline(this.chat);
    const last = messages.findLast(({ senderId, kind, recalled }) => senderId === this.store.me && kind === 'text' && !recalled);
    if (!last || !isWithin(last.createdAt, limits.editS)) return;
    event.preventDefault();
    this.edit(last);
  }

  #submit(event) {
    event.preventDefault();
    const content = this.draft.text.trim();
    if (!content || charsOver(content, limits.textChars) > 0) return;
    if (this.draft.about?.mode === 'edit') return this.#save(content);
    const named = this.draft.named.filter(({ nickname }) => content.includes(`@${nickname}`));
    const atUserIds = [...new Set(named.map(({ id }) => id))];
    this.#deliver('text', { content }, { atUserIds });
    this.draft = NO_DRAFT;
    this.#area.focus();
  }

  /// Whoever writes on at once writes the next message; an edit that was refused comes back if nothing else was begun.
  async #save(content) {
    const { chat, draft } = this;
    const { message } = draft.about;
    this.#giveUp();
    try {
      if (content !== message.content.content) await edit(this.store, message, content);
    } catch (fault) {
      if (chat !== this.chat || this.draft !== NO_DRAFT) return this.store.tell(fault.message);
      this.draft = draft;
      this.problem = fault.message;
    }
  }

  #deliver(kind, content, more = {}) {
    this.store.send(this.chat, kind, content, { ...this.#more(), ...more });
    this.#sent();
  }

  /// What goes with everything that is sent now.
  #more() {
    const { about } = this.draft;
    return { replyToSeq: about?.mode === 'reply' ? about.message.seq : 0 };
  }

  #sent() {
    if (this.draft.about?.mode === 'reply') this.draft = { ...this.draft, about: null };
  }

  #voice({ file, seconds }) {
    this.recording = false;
    this.#deliver('sound', { seconds }, { file });
  }

  #stopped(problem) {
    this.recording = false;
    this.problem = problem;
  }

  #begin(draft) {
    this.recording = false;
    this.problem = '';
    this.draft = draft;
    this.updateComplete.then(() => this.#area.focus());
  }

  #giveUp() {
    this.problem = '';
    this.draft = this.draft.about?.mode === 'edit' ? NO_DRAFT : { ...this.draft, about: null };
  }

  #picked(event) {
    this.offer(event.target.files);
    event.target.value = '';
  }

  #pasted(event) {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    this.offer(event.clipboardData.files);
  }

  #grow() {
    const area = this.#area;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
    area.style.overflowY = area.scrollHeight > area.clientHeight ? 'auto' : 'hidden';
  }
}

customElements.define('message-composer', MessageComposer);
