/// What Enter does while a message is written: sends it, or begins a line, as on a screen that is touched. Ctrl+Enter
/// (⌘) sends either way. The browser remembers what was chosen.

const CHOICE = 'parley.enter';

/// Whether Enter sends.
export function enterSends() {
  const kept = localStorage.getItem(CHOICE);
  return kept ? kept === 'send' : !matchMedia('(hover: none) and (pointer: coarse)').matches;
}

export function setEnterSends(sends) {
  localStorage.setItem(CHOICE, sends ? 'send' : 'line');
}
