/// The pages of the console, in the order of its menu. `#accounts/12` is the page `accounts` with the path `['12']`.

import { html } from 'lit';

/// `name`: of the address; `icon`; `load`: the module; `view`: its element; `waiting`: how much of what
/// waits (admin.PendingResponse) is on it. The title is the text `admin.<name>`.
export const PAGES = [
  {
    name: 'overview',
    icon: 'gauge',
    load: () => import('./view/overview-page.js'),
    view: (desk) => html`<overview-page class="page" .store=${desk}></overview-page>`,
  },
  {
    name: 'servers',
    icon: 'device',
    load: () => import('./view/servers-page.js'),
    view: (desk) => html`<servers-page class="page" .store=${desk}></servers-page>`,
  },
  {
    name: 'accounts',
    icon: 'user',
    load: () => Promise.all([import('./view/accounts-page.js'), import('./view/account-page.js')]),
    view: (desk, [id]) =>
      id
        ? html`<account-page class="page" .store=${desk} .account=${id}></account-page>`
        : html`<accounts-page class="page" .store=${desk}></accounts-page>`,
  },
  {
    name: 'groups',
    icon: 'people',
    load: () => Promise.all([import('./view/groups-page.js'), import('./view/group-page.js')]),
    view: (desk, [id]) =>
      id
        ? html`<group-page class="page" .store=${desk} .group=${id}></group-page>`
        : html`<groups-page class="page" .store=${desk}></groups-page>`,
  },
  {
    name: 'review',
    icon: 'shield',
    waiting: ({ waiting_feeds: waiting, reported_feeds: reported }) => Number(waiting) + Number(reported),
    load: () => import('./view/review-page.js'),
    view: (desk, [kind]) => html`<review-page class="page" .store=${desk} .kind=${kind === 'reported' ? 'Reported' : 'Waiting'}></review-page>`,
  },
  {
    name: 'reports',
    icon: 'flag',
    load: () => Promise.all([import('./view/reports-page.js'), import('./view/report-page.js')]),
    view: (desk, [id]) =>
      id
        ? html`<report-page class="page" .store=${desk} .report=${id}></report-page>`
        : html`<reports-page class="page" .store=${desk}></reports-page>`,
    waiting: ({ reports }) => Number(reports),
  },
  {
    name: 'programs',
    icon: 'key',
    load: () => Promise.all([import('./view/tokens-panel.js'), import('./view/apps-panel.js')]),
    view: (desk) => html`
      <div class="page">
        <tokens-panel .store=${desk}></tokens-panel>
        <apps-panel .store=${desk}></apps-panel>
      </div>`,
  },
  {
    name: 'limits',
    icon: 'sliders',
    load: () => import('./view/limits-page.js'),
    view: (desk) => html`<limits-page class="page" .store=${desk}></limits-page>`,
  },
  {
    name: 'audit',
    icon: 'list',
    load: () => import('./view/audit-page.js'),
    view: (desk, [target]) => html`<audit-page class="page" .store=${desk} .target=${plain(target)}></audit-page>`,
  },
  {
    name: 'exports',
    icon: 'download',
    load: () => import('./view/exports-page.js'),
    view: (desk) => html`<exports-page class="page" .store=${desk}></exports-page>`,
  },
];

/// A part of an address as it was before it was encoded; '' for none, or one that cannot be.
function plain(part = '') {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/// `{page, path}` of the address bar; what it does not know is the overview.
export function pageNow() {
  const [name, ...path] = location.hash.slice(1).split('/');
  const page = PAGES.find((each) => each.name === name);
  return page ? { page, path } : { page: PAGES[0], path: [] };
}
