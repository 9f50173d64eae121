/// Does something that the server may refuse, and tells the user if it does. Gives whether it went well.

export async function attempt(store, act, done = '') {
  try {
    await act();
    if (done) store.tell(done);
    return true;
  } catch (fault) {
    store.tell(fault.message);
    return false;
  }
}
