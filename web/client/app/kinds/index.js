/// The seven kinds of message. A kind is one module that exports
/// - `field`: the name of its field in conversation.Message and in a send request,
/// - `method`: its name inside the send methods (`Send…<method>Message`),
/// - `preview(content)`: one line of plain text for the conversation list,
/// - `render(content, {message, store, chat})`: the inside of the bubble,
/// - `bare` (optional): true to be shown without a bubble around it,
/// and, if it is sent as a file:
/// - `uploaded(stored, content, thumb)`: its content, from what the server answered to the upload, what was known before
///   and, of a video, what was answered to its first picture,
/// - `renderWaiting(item)`: the inside of the bubble while the file is on its way.

import * as face from './face.js';
import * as file from './file.js';
import * as image from './image.js';
import * as location from './location.js';
import * as sound from './sound.js';
import * as text from './text.js';
import * as video from './video.js';

export const KINDS = { text, location, face, sound, image, file, video };

/// The kind whose content `json` carries, or undefined.
export function kindOf(json) {
  return Object.values(KINDS).find((kind) => json[kind.field] != null);
}
