/// What lies over the page, and the way back: on a phone Back takes away what lies on top, before it leaves the page
/// below.

let layers = 0;

/// Calls `close()` when the user goes back. Gives what is to be called once it is closed, however that came.
export function layer(close) {
  const mine = `${performance.timeOrigin}-${++layers}`;
  history.pushState({ ...history.state, layer: mine }, '');
  const back = () => {
    if (history.state?.layer !== mine) close();
  };
  addEventListener('popstate', back);
  return () => {
    removeEventListener('popstate', back);
    // Where the page went on meanwhile, nothing of this is to be taken back.
    if (history.state?.layer === mine) history.back();
  };
}
