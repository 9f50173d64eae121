/// What a browser can tell of a video or a sound before it is sent: how long it is, and a picture of it. What cannot be
/// told is left out: the file is sent all the same.

const PATIENCE_MS = 4000;
const POSTER_AT_S = 0.5;
const POSTER_SIDE_MAX = 640;

/// `{seconds, poster}`; `poster` is a JPEG or null.
export async function videoFacts(file) {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  return withAddress(file, video, async () => {
    await event(video, 'loadeddata');
    const seconds = secondsOf(video);
    video.currentTime = Math.min(POSTER_AT_S, video.duration / 2 || 0);
    await event(video, 'seeked');
    return { seconds, poster: await drawn(video) };
  }, { seconds: 0, poster: null });
}

/// The length in seconds, 0 if it cannot be told.
export async function soundFacts(file) {
  const sound = document.createElement('audio');
  sound.preload = 'metadata';
  return withAddress(file, sound, async () => {
    await event(sound, 'loadedmetadata');
    return secondsOf(sound);
  }, 0);
}

async function withAddress(file, player, look, otherwise) {
  const address = URL.createObjectURL(file);
  try {
    player.src = address;
    return await look();
  } catch {
    return otherwise;
  } finally {
    player.removeAttribute('src');
    URL.revokeObjectURL(address);
  }
}

function event(player, name) {
  return new Promise((resolve, reject) => {
    player.addEventListener(name, resolve, { once: true });
    player.addEventListener('error', reject, { once: true });
    setTimeout(reject, PATIENCE_MS);
  });
}

function secondsOf({ duration }) {
  return Number.isFinite(duration) ? Math.max(1, Math.round(duration)) : 0;
}

function drawn(video) {
  const scale = Math.min(1, POSTER_SIDE_MAX / Math.max(video.videoWidth, video.videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  if (canvas.width === 0 || canvas.height === 0) return null;
  canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
}
