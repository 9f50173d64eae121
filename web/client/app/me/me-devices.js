/// Where the account is signed in, and how to end that.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock, longDate } from '../format.js';
import { t } from '../i18n.js';
import { timeOf } from '../model/wire.js';
import { ask } from '../view/ask.js';
import { attempt } from '../view/attempt.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { paneHead } from '../view/pane.js';
import { accountOf } from './account.js';

// The first that a User-Agent contains; browsers name their ancestors too, so the order matters.
const PROGRAMS = [['Edg', 'Edge'], ['OPR', 'Opera'], ['Firefox', 'Firefox'], ['Chrome', 'Chrome'], ['Safari', 'Safari'], ['grpc', 'gRPC'], ['curl', 'curl']];
const SYSTEMS = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['Linux', 'Linux']];

class MeDevices extends ParleyElement {
  render() {
    const { sessions } = accountOf(this.store);
    const others = sessions.items.filter(({ current }) => !current);
    return html`
      <main class="pane">
        ${paneHead(t('me.devices'), '#me')}
        <div class="pane-body">
          <p class="hint">${t('me.devices-text')}</p>
          <ul class="rows devices" data-testid="devices">${repeat(sessions.items, ({ id }) => id, (session) => this.#session(session))}</ul>
          <list-end .store=${this.store} .listing=${sessions}></list-end>
          ${others.length > 1
            ? html`<button class="quiet-button danger" type="button" data-testid="end-others" @click=${() => this.#endOthers(others)}>${icon('exit')}${t('me.end-others')}</button>`
            : nothing}
        </div>
      </main>`;
  }

  #session({ id, contract, device, created_at: opened, used_at: used, address, current }) {
    return html`
      <li class="row" data-testid="device" data-session-id=${id} data-current=${current}>
        <span class="row-link">
          <span class="device-icon">${icon(/Android|iPhone|Mobile/.test(device) ? 'phone' : 'device')}</span>
          <span class="row-text"><b title=${device}>${named(device) || t('me.unknown-device')}</b>
            <small data-testid="device-use">${t('me.last-used', { when: moment(used), address })}</small>
            <small>${contract} · ${t('me.signed-in', { when: moment(opened) })}</small></span>
        </span>
        <span class="row-actions">
          ${current
            ? html`<span class="chip" data-testid="this-device">${t('me.this-device')}</span>`
            : html`<button class="plain" type="button" data-testid="end-session" @click=${() => attempt(this.store, () => accountOf(this.store).end(id), t('me.ended'))}>${t('sign-out')}</button>`}
        </span>
      </li>`;
  }

  async #endOthers(others) {
    const sure = await ask({ title: t('me.end-others'), text: t('me.end-others-text'), action: t('sign-out'), danger: true });
    if (!sure) return;
    for (const { id } of others) if (!(await attempt(this.store, () => accountOf(this.store).end(id)))) return;
    this.store.tell(t('me.ended'));
  }
}

function moment(time) {
  const at = timeOf(time);
  return `${longDate(at)} ${clock(at)}`;
}

/// What people call a program and its system.
function named(userAgent) {
  const of = (list) => list.find(([part]) => userAgent.includes(part))?.[1];
  const program = of(PROGRAMS) ?? userAgent.split(/[/ ]/)[0];
  return [program, of(SYSTEMS)].filter(Boolean).join(' · ');
}

customElements.define('me-devices', MeDevices);
