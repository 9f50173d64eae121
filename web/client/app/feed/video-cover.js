/// Looks into a video: how large and long it is, and how it begins.

const PATIENCE_MS = 8000;
const COVER_WIDTH_MAX = 1280;
const FIRST_FRAME_S = 0.1;

/// Gives `{width, height, duration, picture}` of the video at `address`; what this browser cannot find out is 0 or null.
export async function coverOf(address) {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  video.playsInline = true;
  video.src = address;
  const facts = { width: 0, height: 0, duration: 0, picture: null };
  try {
    await happens(video, 'loadedmetadata');
    facts.width = video.videoWidth;
    facts.height = video.videoHeight;
    facts.duration = Number.isFinite(video.duration) ? video.duration : 0;
    video.currentTime = Math.min(FIRST_FRAME_S, facts.duration / 2);
    await happens(video, 'seeked');
    facts.picture = await frameOf(video);
  } catch {
    // Some formats play elsewhere and not here.
  }
  video.removeAttribute('src');
  return facts;
}

function frameOf(video) {
  const scale = Math.min(1, COVER_WIDTH_MAX / video.videoWidth);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(video.videoWidth * scale));
  canvas.height = Math.max(1, Math.round(video.videoHeight * scale));
  canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
}

function happens(video, event) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(event)), PATIENCE_MS);
    const settle = (how) => () => {
      clearTimeout(late);
      how();
    };
    video.addEventListener(event, settle(resolve), { once: true });
    video.addEventListener('error', settle(() => reject(new Error(event))), { once: true });
  });
}
