/// Asks the user before something is done: a dialog with a question and, if wanted, one field or a choice.

import { html, nothing, render } from 'lit';
import { t } from '../i18n.js';

/// Gives what was typed or chosen (true for a question alone), or null if the user thought better of it.
///
/// `title`; `text`; `action`: what the button says; `danger`: whether it destroys something; `field`: `{label, value, max,
/// lines, required}`; `choices`: `[{value, label}]`, the first is chosen.
export function ask({ title, text = '', action, danger = false, field = null, choices = null }) {
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
      dialog.close();
    };
    render(
      html`
        <form @submit=${submit}>
          <h2>${title}</h2>
          ${text ? html`<p class="ask-text">${text}</p>` : nothing}
          ${field ? input(field) : nothing}
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

function input({ label, value = '', max, lines = 1, required = false }) {
  const control = lines > 1
    ? html`<textarea id="ask-answer" dir="auto" name="answer" data-testid="ask-answer" rows=${lines} maxlength=${max} ?required=${required} .value=${value}></textarea>`
    : html`<input id="ask-answer" name="answer" data-testid="ask-answer" maxlength=${max} ?required=${required} autocomplete="off" .value=${value}>`;
  return html`<label for="ask-answer">${label}</label>${control}`;
}

function choice({ value, label }, at) {
  return html`
    <label class="choice"><input type="radio" name="answer" value=${value} data-testid="choice-${value}" ?checked=${at === 0}><span>${label}</span></label>`;
}
