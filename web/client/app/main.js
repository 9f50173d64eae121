/// The first module: everything else is reached from here.
import './view/menus.js';
import './view/parley-app.js';
