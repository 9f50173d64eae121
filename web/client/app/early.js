// Before anything is drawn: the colours that the user has chosen. The rest of it is in theme.js.
const chosenTheme = localStorage.getItem('parley.theme');
if (chosenTheme === 'light' || chosenTheme === 'dark') document.documentElement.dataset.theme = chosenTheme;
