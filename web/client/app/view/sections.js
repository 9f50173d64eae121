/// The sections of the client, in the order of the rail. A section is one element, `<NAME-section>`, made when it is
/// first opened; it is given `.store` and `.path`: what follows its name in the address (`#people/requests` is
/// `['requests']`). An address with a path shows the section's detail, where a phone has room for one pane only.

import { html } from 'lit';

const CHAT = /^((?:user|group):\d+)(?:\/(\d{1,15}))?$/;

/// `name`: of the address; `icon`; `title`: the text's key; `load`: the module; `view`: its element;
/// `detail`, where not every path shows a detail: whether this one does.
export const SECTIONS = [
  {
    name: 'chats',
    icon: 'chat',
    title: 'nav.chats',
    load: () => import('../chat/chats-section.js'),
    view: (store, path) => html`<chats-section .store=${store} .path=${path}></chats-section>`,
  },
  {
    name: 'people',
    icon: 'people',
    title: 'people.title',
    load: () => import('../people/people-section.js'),
    view: (store, path) => html`<people-section .store=${store} .path=${path}></people-section>`,
  },
  {
    name: 'feed',
    icon: 'feed',
    title: 'feed.title',
    load: () => import('../feed/feed-section.js'),
    view: (store, path) => html`<feed-section .store=${store} .path=${path}></feed-section>`,
    detail: ([what]) => what === 'post',
  },
  {
    name: 'activity',
    icon: 'bell',
    title: 'activity.title',
    load: () => import('../activity/activity-section.js'),
    view: (store, path) => html`<activity-section .store=${store} .path=${path}></activity-section>`,
    detail: () => false,
  },
  {
    name: 'me',
    icon: 'person',
    title: 'me.title',
    load: () => import('../me/me-section.js'),
    view: (store, path) => html`<me-section .store=${store} .path=${path}></me-section>`,
  },
];

/// `{section, path}` of the address bar; what it does not know is the list of chats.
export function routeNow() {
  const address = location.hash.slice(1);
  const chat = address.match(CHAT);
  if (chat) return { section: SECTIONS[0], path: chat.slice(1).filter(Boolean) };
  const [name, ...path] = address.split('/');
  const section = SECTIONS.find((each) => each.name === name);
  return section && section !== SECTIONS[0] ? { section, path } : { section: SECTIONS[0], path: [] };
}

/// Whether the route shows a detail, which on a phone takes the whole screen.
export function isDetail({ section, path }) {
  return section.detail?.(path) ?? path.length > 0;
}

/// The key of the conversation that a route shows, or ''.
export function chatOf({ section, path }) {
  return section === SECTIONS[0] ? (path[0] ?? '') : '';
}

/// The message of that conversation to which the route leads, by its seq; 0 for none.
export function seqOf({ section, path }) {
  return section === SECTIONS[0] ? Number(path[1] ?? 0) : 0;
}
