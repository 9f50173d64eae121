/// The first module: everything else is reached from here.
import './view/parley-app.js';
