/// What can be sent besides words.

import { t } from '../i18n.js';
import { askForPlace } from './place-dialog.js';
import { openMenu } from './popup.js';

/// The hidden inputs that let files be picked.
export const FILE_INPUTS = [
  { testid: 'file', accept: 'image/jpeg,image/png,image/gif' },
  { testid: 'file-video', accept: 'video/*' },
  { testid: 'file-any', accept: '' },
];

/// `pick(testid)` opens an input's chooser, `place(location)` sends a location.
export function attachMenu(anchor, { pick, place }) {
  openMenu(anchor, t('composer.attach'), [
    { label: t('kind.image'), icon: 'image', testid: 'attach-image', act: () => pick('file') },
    { label: t('kind.video'), icon: 'video', testid: 'attach-video', act: () => pick('file-video') },
    { label: t('kind.file'), icon: 'file', testid: 'attach-file', act: () => pick('file-any') },
    { label: t('kind.location'), icon: 'pin', testid: 'attach-location', act: () => askForPlace(place) },
  ]);
}
