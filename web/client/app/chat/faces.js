/// Symbols to write and to react with, in groups, drawn by the system's font; and this client's own stickers, which
/// travel as the symbol of a face message.

export const FACES = [
  { name: 'smileys', symbols: all('😀😃😄😁😆😅😂🙂🙃😉😊😇🥰😍😘😋😜🤪🤗🤭🤔🤐😐😏😒🙄😬😌😔😪😴😷🤒🥵🥶🥳😎🤓😕😟😮😳🥺😢😭😱😖😓😤😡🤬') },
  { name: 'gestures', symbols: all('👍👎👌🤝🙏👏🙌👋🤞🤟🤙💪👀🧠💃🕺🙋🤷🤦🙇') },
  { name: 'hearts', symbols: ['❤️', ...all('🧡💛💚💙💜🖤💔💕💖💯✨🎉🎊🎁🏆🔥💥')] },
  { name: 'nature', symbols: all('🌹🌸🌻🌱🌲🍁🍂🌙🌞🌈⚡🌊🐶🐱🐭🐰🦊🐻🐼🐨🐯🐷🐸🐵🐔🦆🦉🐢🐟🐳🦋') },
  { name: 'food', symbols: all('🍎🍊🍋🍉🍇🍓🍑🍅🥑🌽🍞🧀🍳🍔🍟🍕🥟🍜🍣🍚🍰🎂🍫🍪🍵🍺🍷🥂') },
  { name: 'things', symbols: all('⚽🏀🎮🎲🎵🎸📷📱💻📚📌📎📅⏰💡🔑🔒💰💳🚗🚲🚄🚀🏠🏢🏥🏫') },
];

const PREFIX = 'sticker/';

/// Names of the pictures in `asset/sticker/`.
export const STICKERS = ['hello', 'happy', 'love', 'laugh', 'wow', 'sad', 'angry', 'sleepy', 'thinking', 'thanks', 'party', 'bye'];

export function stickerSymbol(name) {
  return PREFIX + name;
}

/// The name of the sticker that a symbol stands for, or ''.
export function stickerOf(symbol) {
  const name = symbol?.startsWith(PREFIX) ? symbol.slice(PREFIX.length) : '';
  return STICKERS.includes(name) ? name : '';
}

function all(symbols) {
  return Array.from(symbols);
}
