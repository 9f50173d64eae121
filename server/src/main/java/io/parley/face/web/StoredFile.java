package io.parley.face.web;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.blob.Blobs;
import io.parley.blob.Content;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A stored upload on its way out.
///
/// Its name is made from its bytes, so whoever knows it was shown it; it never changes and may be
/// kept by browsers for good. Pictures, sound and video may be shown in place; everything else is
/// offered for saving, never opened. One byte range at a time is given, as players ask for; a
/// header that asks for several or says nothing sensible is passed over (RFC 9110, 14.2).
record StoredFile(Content content, String type, boolean inline) {
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /// What a browser is told, by extension. What is not here is offered as it is.
  private static final Map<String, String> SHOWN =
      Map.ofEntries(
          Map.entry("jpg", "image/jpeg"),
          Map.entry("png", "image/png"),
          Map.entry("gif", "image/gif"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("aac", "audio/aac"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("flac", "audio/flac"),
          Map.entry("wav", "audio/wav"),
          Map.entry("weba", "audio/webm"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("3gp", "video/3gpp"),
          Map.entry("mov", "video/quicktime"),
          Map.entry("webm", "video/webm"),
          Map.entry("mkv", "video/x-matroska"));

  /// `name` as it was stored.
  static StoredFile of(String name, Content content) {
    String shown = SHOWN.get(name.substring(name.lastIndexOf('.') + 1));
    return new StoredFile(
        content, shown == null ? "application/octet-stream" : shown, shown != null);
  }

  /// What a caller is told of an upload that cannot be read.
  static Fault unreadable() {
    return Fault.retry(FaultCode.UNAVAILABLE, "the upload could not be read now; try again", RETRY);
  }

  /// How a browser is to take it from elsewhere.
  Blobs.Shown shown() {
    return new Blobs.Shown(type, disposition());
  }

  private String disposition() {
    return inline ? "inline" : "attachment";
  }

  /// Answers a request of `context`, as its method and its Range header want. May wait for the
  /// store, and has `executor` read what follows.
  ///
  /// @throws Fault as [Content#read]
  HttpResponse answer(ServiceRequestContext context, Executor executor) {
    HttpMethod method = context.method();
    String range = context.request().headers().get(HttpHeaderNames.RANGE);
    long size = content.size();
    Matcher wanted = range == null ? null : RANGE.matcher(range);
    if (wanted == null || !wanted.matches() || wanted.group().equals("bytes=-")) {
      return whole(context, executor);
    }
    long from;
    long to;
    if (wanted.group(1).isEmpty()) {
      from = Math.max(0, size - Long.parseLong(wanted.group(2)));
      to = size - 1;
    } else {
      from = Long.parseLong(wanted.group(1));
      to = wanted.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(wanted.group(2));
      if (to < from) {
        return whole(context, executor);
      }
    }
    if (from >= size) {
      return HttpResponse.of(
          ResponseHeaders.of(
              HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
              HttpHeaderNames.CONTENT_RANGE,
              "bytes */" + size));
    }
    long last = Math.min(to, size - 1);
    ResponseHeaders headers =
        head(HttpStatus.PARTIAL_CONTENT, last - from + 1)
            .set(HttpHeaderNames.CONTENT_RANGE, "bytes " + from + '-' + last + '/' + size)
            .build();
    return method == HttpMethod.HEAD
        ? HttpResponse.of(headers)
        : Download.of(context, executor, headers, content, from, last - from + 1);
  }

  private HttpResponse whole(ServiceRequestContext context, Executor executor) {
    long size = content.size();
    ResponseHeaders headers = head(HttpStatus.OK, size).build();
    return context.method() == HttpMethod.HEAD || size == 0
        ? HttpResponse.of(headers)
        : Download.of(context, executor, headers, content, 0, size);
  }

  private ResponseHeadersBuilder head(HttpStatus status, long length) {
    return ResponseHeaders.builder(status)
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .setLong(HttpHeaderNames.CONTENT_LENGTH, length)
        .set(HttpHeaderNames.ACCEPT_RANGES, "bytes")
        .set(HttpHeaderNames.CACHE_CONTROL, "private, max-age=31536000, immutable")
        .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
        .set(HttpHeaderNames.CONTENT_DISPOSITION, disposition());
  }
}
