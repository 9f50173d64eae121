/// What somebody who is signed in needs, whatever is open: the account's store, the rail, notices. Whoever looks at the
/// form does not wait for it.

import './nav-rail.js';

export { Store } from '../model/store.js';
export { noticeMessages } from '../notices.js';
