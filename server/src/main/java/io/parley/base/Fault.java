package io.parley.base;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The one exception that a caller is meant to see: a code and a text that is safe to show.
///
/// Anything else that is thrown is a bug and is answered as [FaultCode#INTERNAL]. Faults carry no
/// stack trace: they are answers, made at high rate by bad input.
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Texts quote what callers sent, and some contracts carry them in a header.
  private static final int TEXT_CHARS_MAX = 500;

  private final FaultCode code;
  private final Duration retryAfter;

  private Fault(FaultCode code, String text, Duration retryAfter, @Nullable Throwable cause) {
    super(cut(text), cause, false, cause != null);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  private static String cut(String text) {
    if (text.length() <= TEXT_CHARS_MAX) {
      return text;
    }
    int end = TEXT_CHARS_MAX - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + '…';
  }

  public static Fault of(FaultCode code, String text) {
    return new Fault(code, text, Duration.ZERO, null);
  }

  /// A fault that says when to try again.
  public static Fault retry(FaultCode code, String text, Duration after) {
    return new Fault(code, text, after, null);
  }

  /// The answer to something that is not the caller's doing. `cause` goes to the log, never to the
  /// caller.
  public static Fault internal(Throwable cause) {
    return new Fault(FaultCode.INTERNAL, "internal error", Duration.ZERO, cause);
  }

  /// `thrown` itself if it is a fault, else [#internal].
  public static Fault from(Throwable thrown) {
    return thrown instanceof Fault fault ? fault : internal(thrown);
  }

  public static Fault invalid(String field, String why) {
    return of(FaultCode.INVALID_FIELD, field + ": " + why);
  }

  public FaultCode code() {
    return code;
  }

  /// How long to wait before another try; zero where that does not apply.
  public Duration retryAfter() {
    return retryAfter;
  }

  /// The text for the caller: never null, never a secret, never a stack trace, at most
  /// 500 characters.
  public String text() {
    String message = getMessage();
    return message == null ? code.name() : message;
  }
}
