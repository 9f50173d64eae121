/// Menus are `<details class="menu">`. One is open at a time: a click elsewhere, a choice, or Escape closes it.

addEventListener('click', (event) => {
  const chosen = event.target.closest('.menu-items button');
  closeMenus((menu) => chosen || !menu.contains(event.target));
});

addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeMenus(() => true);
});

function closeMenus(which) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (which(menu)) menu.open = false;
  }
}
