/// A short sound for a message that comes while nobody looks: made here, no file. Browsers let a page sound only after
/// somebody has clicked in it.

const OFF = 'parley.sound';
const TONES = [660, 880];
const TONE_S = 0.09;
const LOUD = 0.06;
const PAUSE_MS = 2_000;

let context;
let last = -Infinity;

/// Whether there are sounds: on unless the user switched them off in this browser.
export function soundOn() {
  return localStorage.getItem(OFF) === null;
}

export function setSound(on) {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, 'off');
}

/// Sounds once, however many messages come within two seconds. True if it did.
export function sound(now = performance.now()) {
  if (!soundOn() || !navigator.userActivation?.hasBeenActive || now - last < PAUSE_MS) return false;
  last = now;
  context ??= new AudioContext();
  context.resume().catch(() => {});
  TONES.forEach((hertz, i) => tone(hertz, context.currentTime + i * TONE_S));
  return true;
}

function tone(hertz, at) {
  const source = new OscillatorNode(context, { frequency: hertz });
  const volume = new GainNode(context, { gain: 0 });
  // A tone that begins or ends at once clicks.
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + TONE_S / 4);
  volume.gain.linearRampToValueAtTime(0, at + TONE_S);
  source.connect(volume).connect(context.destination);
  source.start(at);
  source.stop(at + TONE_S);
}
