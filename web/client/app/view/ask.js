/// Asks the user before something is done: a dialog with a question and, if wanted, one field or a choice.

import { html, nothing, render } from 'lit';
import { t } from '../i18n.js';
import { FIXED, limits } from '../limits.js';
import { atMost } from './at-most.js';

/// Gives what was typed or chosen (true for a question alone), or null if the user thought better of it.
///
/// `title`; `text`; `action`: what the button says; `danger`: whether it destroys something; `field`: `{label, value, max,
/// lines, required, hint, type}`, with the `max` of a date as it is typed; `choices`: `[{value, label}]`, the first is chosen. With `password` it asks for that, with `code`
/// for one of the second factor too, and gives `{password, code}`. `fault`: what was wrong with the last answer.
export function ask({ title, text = '', action, danger = false, field = null, choices = null, password = false, code = false, fault = '' }) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.className = 'ask';
    dialog.dataset.testid = 'ask';
    dialog.setAttribute('aria-label', title);
    let answer = null;
    const submit = (event) => {
      event.preventDefault();
      const form = new FormData(event.target);
      answer = field || choices ? form.get('answer') : true;
      if (password) answer = { password: form.get('answer'), code: form.get('code') ?? '' };
      dialog.close();
    };
    render(
      html`
        <form @submit=${submit}>
          <h2>${title}</h2>
          ${text ? html`<p class="ask-text">${text}</p>` : nothing}
          ${field ? input(field) : nothing}
          ${password ? secrets(code) : nothing}
          ${fault ? html`<p class="fault" role="alert" data-testid="ask-fault">${fault}</p>` : nothing}
          ${choices ? html`<div class="choices" role="radiogroup" aria-label=${title}>${choices.map(choice)}</div>` : nothing}
          <footer>
            <button class="plain" type="button" data-testid="ask-no" @click=${() => dialog.close()}>${t('cancel')}</button>
            <button class="primary ${danger ? 'danger' : ''}" type="submit" data-testid="ask-yes">${action}</button>
          </footer>
        </form>`,
      dialog,
    );
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector('[name=answer]')?.focus();
  });
}

function secrets(code) {
  return html`
    <label for="ask-answer">${t('sign-in.password')}</label>
    <input id="ask-answer" name="answer" type="password" data-testid="ask-password" required maxlength=${atMost(limits.passwordChars)} autocomplete="current-password">
    ${code ? html`
      <label for="ask-code">${t('sign-in.code')}</label>
      <input id="ask-code" name="code" data-testid="ask-code" required maxlength=${FIXED.codeChars} autocomplete="one-time-code">` : nothing}`;
}

function input({ label, value = '', max, lines = 1, required = false, hint = 'off', type = 'text' }) {
  const control = lines > 1
    ? html`<textarea id="ask-answer" dir="auto" name="answer" data-testid="ask-answer" rows=${lines} maxlength=${atMost(max)} ?required=${required} .value=${value}></textarea>`
    : html`<input id="ask-answer" name="answer" type=${type} data-testid="ask-answer" max=${type === 'date' ? max : nothing}
        maxlength=${type === 'date' ? nothing : atMost(max)} ?required=${required} autocomplete=${hint} .value=${value}>`;
  return html`<label for="ask-answer">${label}</label>${control}`;
}

function choice({ value, label }, at) {
  return html`
    <label class="choice"><input type="radio" name="answer" value=${value} data-testid="choice-${value}" ?checked=${at === 0}><span>${label}</span></label>`;
}
