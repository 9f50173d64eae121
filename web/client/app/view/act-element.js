/// The base of elements that do one thing at a time for the user: `busy` while it lasts, and in `fault` what it failed
/// with, in words.

import { ParleyElement } from './element.js';

export class ActElement extends ParleyElement {
  static properties = { busy: { state: true }, fault: { state: true } };

  constructor() {
    super();
    this.busy = false;
    this.fault = '';
  }

  /// Gives whether it went well.
  async act(work) {
    this.busy = true;
    this.fault = '';
    try {
      await work();
      return true;
    } catch (fault) {
      this.fault = fault.message;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
