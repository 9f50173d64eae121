/// The first web address in a text that leads away from this server and that nothing hides.

import { blocksOf } from '../markup.js';

const LINK_MAX = 2048;

// A content never changes, and lists are rendered often.
const known = new WeakMap();

/// As it stands in the text of `content`; '' for none.
export function linkOf(content) {
  let link = known.get(content);
  if (link === undefined) known.set(content, (link = firstIn(blocksOf(content.content ?? ''))));
  return link;
}

function firstIn(nodes) {
  for (const node of nodes) {
    if (node.type === 'link') {
      if (/^https?:/.test(node.href) && !node.href.startsWith(`${location.origin}/`) && node.text.length <= LINK_MAX) return node.text;
    } else if (node.type !== 'spoiler' && node.type !== 'quote') {
      const inside = firstIn(node.parts ?? node.items ?? []);
      if (inside) return inside;
    }
  }
  return '';
}
