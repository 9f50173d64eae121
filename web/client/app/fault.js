/// What can go wrong, in one form for HTTP and the socket.

import { t } from './i18n.js';
import { worded } from './refusals.js';

/// gRPC status codes that this client tells apart.
export const Code = { UNKNOWN: 2, DEADLINE: 4, NOT_FOUND: 5, EXHAUSTED: 8, UNAVAILABLE: 14, UNAUTHENTICATED: 16 };

/// The server's business codes that this client tells apart.
export const Business = { TOO_LARGE: '2102', INVALID: '2101', MISSING: '2105', STATE: '2107', QUOTA: '2203', FORBIDDEN: '2004', CONFIRM: '2006', CODE: '2007', DORMANT: '2008', NO_ID: '2108' };

const TRANSIENT = new Set([Code.DEADLINE, Code.EXHAUSTED, Code.UNAVAILABLE]);

/// A failed request. `code` is a gRPC status; `message` is fit to be shown, `detail` are the server's own words.
export class Fault extends Error {
  constructor(code, message, { errorCode = '', businessCode = '', retryAfterMs = 0 } = {}) {
    super(worded(businessCode, message));
    this.code = code;
    this.detail = message;
    this.errorCode = errorCode;
    this.businessCode = businessCode;
    this.retryAfterMs = retryAfterMs;
  }

  /// True where the same request may succeed later without a change by the user.
  get transient() {
    return TRANSIENT.has(this.code) && this.businessCode !== Business.QUOTA;
  }

  static offline() {
    return new Fault(Code.UNAVAILABLE, t('fault.offline'));
  }

  static late() {
    return new Fault(Code.DEADLINE, t('fault.late'));
  }

  /// From the `error` of a socket frame (realtime.Error).
  static fromFrame(error) {
    return new Fault(error.code, error.message || t('fault.unknown'), {
      errorCode: error.error_code,
      businessCode: error.business_code,
      retryAfterMs: Number(error.retry_after_ms ?? 0),
    });
  }

  /// From an HTTP answer that is not a success. The body is JSON, unless a proxy answered.
  static async fromResponse(response) {
    const body = await response.json().catch(() => ({}));
    const retryAfterS = Number(response.headers.get('retry-after') ?? 0) || 0;
    const code = { 401: Code.UNAUTHENTICATED, 404: Code.NOT_FOUND, 429: Code.EXHAUSTED, 503: Code.UNAVAILABLE };
    return new Fault(code[response.status] ?? Code.UNKNOWN, body.message || t('fault.http', { status: response.status }), {
      errorCode: body.error_code,
      businessCode: body.business_code,
      retryAfterMs: retryAfterS * 1000,
    });
  }
}
