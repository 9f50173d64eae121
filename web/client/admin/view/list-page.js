/// The base of the console's pages that are one list, read on as it is scrolled.
///
/// Whoever extends it gives `read(cursor, num)`, which answers `{rows, next}`: `next` is the cursor of what follows, or ''.

import { html } from 'lit';
import { t } from '/app/i18n.js';
import { byCursor, Listing } from '/app/model/listing.js';
import '/app/view/list-end.js';
import { PageElement } from './page-element.js';

export class ListPage extends PageElement {
  constructor() {
    super();
    this.listing = new Listing(byCursor((cursor, num) => this.read(cursor, num)), () => this.requestUpdate(), (row) => this.idOf(row));
  }

  get rows() {
    return this.listing.items;
  }

  /// What tells rows apart.
  idOf(row) {
    return row.id;
  }

  /// Reads the list anew.
  refresh() {
    return this.listing.again();
  }

  /// What stands below the rows.
  end() {
    return html`<list-end .store=${this.store} .listing=${this.listing} .empty=${html`<p data-testid="empty">${t('admin.none')}</p>`}></list-end>`;
  }
}
