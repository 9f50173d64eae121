/// F6 goes from one part of the page to the next, Shift+F6 back: the sections, the list, what is open, and where one
/// writes.

// Each part with what gets the focus in it, the first that is shown.
const PARTS = [
  ['.rail', '[aria-current]', 'a'],
  ['.conversations', '[aria-current="true"]', '.conversation', 'input'],
  ['.chat-head', 'a', 'button'],
  ['message-list', 'article[tabindex="0"]', '.messages'],
  ['.composer', 'textarea', 'button'],
  ['.pane', 'a[href]', 'button', 'input', 'textarea'],
];

addEventListener('keydown', (event) => {
  if (event.key !== 'F6' || event.ctrlKey || event.altKey || document.querySelector('dialog[open]')) return;
  const stops = PARTS.flatMap(([part, ...wanted]) => [...document.querySelectorAll(part)].map((each) => ({ part: each, first: firstOf(each, wanted) })))
    .filter(({ first }) => first);
  if (stops.length === 0) return;
  event.preventDefault();
  const at = stops.findIndex(({ part }) => part.contains(document.activeElement));
  const next = event.shiftKey ? (at <= 0 ? stops.length - 1 : at - 1) : (at + 1) % stops.length;
  stops[next].first.focus();
});

function firstOf(part, wanted) {
  return wanted.flatMap((selector) => [...part.querySelectorAll(selector)]).find((each) => each.checkVisibility());
}
