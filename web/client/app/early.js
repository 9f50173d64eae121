// Before anything is drawn: the colours and the size of text that the user has chosen. The rest is in theme.js and
// text-size.js.
const chosenTheme = localStorage.getItem('parley.theme');
if (chosenTheme === 'light' || chosenTheme === 'dark') document.documentElement.dataset.theme = chosenTheme;
const chosenText = localStorage.getItem('parley.text');
if (['small', 'large', 'larger'].includes(chosenText)) document.documentElement.dataset.text = chosenText;
