/// The first module: everything else is reached from here.
import './theme.js';
import './view/menus.js';
import './view/parley-app.js';
import { keepShell } from './shell.js';

keepShell();
