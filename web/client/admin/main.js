/// The first module of the admin console: everything else is reached from here.
import './texts.js';
import './view/admin-console.js';
