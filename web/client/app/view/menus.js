/// Menus are `<details class="menu">`. One is open at a time: a click elsewhere, a choice, or Escape closes it.

addEventListener('click', (event) => {
  const chosen = event.target.closest('.menu-items button');
  closeMenus((menu) => chosen || !menu.contains(event.target));
});

addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeMenus(() => true);
});

// `toggle` does not bubble.
addEventListener(
  'toggle',
  ({ target }) => target.matches?.('details.menu') && target.open && turn(target),
  { capture: true },
);

/// A menu that would end below what scrolls opens upwards.
function turn(menu) {
  const items = menu.querySelector('.menu-items');
  items.classList.remove('above');
  const end = menu.closest('.pane')?.getBoundingClientRect().bottom ?? innerHeight;
  items.classList.toggle('above', items.getBoundingClientRect().bottom > end);
}

function closeMenus(which) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (which(menu)) menu.open = false;
  }
}
