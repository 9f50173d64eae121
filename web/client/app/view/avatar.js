/// A round picture of an account or a group: its own if it is on this server, else its initial on one of eight hues.

import { html } from 'lit';
import { embeddable } from '../links.js';

const HUES = 8;

/// `entry` is as the directory gives it.
export function avatar({ id, name, avatarUrl }, isGroup = false) {
  const picture = embeddable(avatarUrl);
  const shape = isGroup ? 'avatar group' : 'avatar';
  if (picture) return html`<span class=${shape} aria-hidden="true"><img src=${picture} alt="" loading="lazy"></span>`;
  return html`<span class="${shape} hue-${hue(id)}" aria-hidden="true">${initial(name)}</span>`;
}

function initial(name) {
  return Array.from(name.trim())[0]?.toLocaleUpperCase() ?? '·';
}

function hue(id) {
  let sum = 0;
  for (const digit of String(id)) sum = (sum * 31 + digit.charCodeAt(0)) % 9973;
  return sum % HUES;
}
