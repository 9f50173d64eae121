/// What the tests of the client's modules are written with. A test module's default export is an object of tests by
/// name; one fails by throwing.

/// That two values are alike: the same primitive, or arrays, maps, sets and objects of what is alike.
export function same(actual, expected, what = '') {
  const [is, should] = [shown(actual), shown(expected)];
  if (is !== should) throw new Error(`${what ? `${what}: ` : ''}expected ${should}, but was ${is}`);
}

export function truly(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}

/// That `act` fails; gives what it failed with.
export async function fails(act, what = 'it') {
  try {
    await act();
  } catch (fault) {
    return fault;
  }
  throw new Error(`${what} did not fail`);
}

/// Lets everything that waits for nothing but its turn go on.
export function settled() {
  return new Promise((resolve) => setTimeout(resolve));
}

/// A promise that is settled from outside.
export function later() {
  let settle;
  const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}

/// A server that answers each call with the next of `answers`: a value, an Error to throw, or a function of the data.
/// `calls` are `{cmd, data}`.
export function server(...answers) {
  const calls = [];
  const request = async (cmd, data) => {
    calls.push({ cmd, data });
    if (answers.length === 0) throw new Error(`${cmd} was not expected`);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return typeof answer === 'function' ? answer(data) : answer;
  };
  return { request, calls };
}

function shown(value) {
  if (value instanceof Map) return `Map${shown([...value])}`;
  if (value instanceof Set) return `Set${shown([...value])}`;
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (value && typeof value === 'object') {
    return `{${Object.keys(value).sort().map((key) => `${key}: ${shown(value[key])}`).join(', ')}}`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : Object.is(value, -0) ? '-0' : String(value);
}
