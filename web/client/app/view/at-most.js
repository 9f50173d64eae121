/// The value of an attribute such as `maxlength`: left out where there is no limit, or none is known yet.

import { nothing } from 'lit';

export function atMost(count) {
  return Number.isFinite(count) ? count : nothing;
}
