package io.parley.face.entry;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.multipart.BodyPart;
import com.linecorp.armeria.common.multipart.MimeParsingException;
import com.linecorp.armeria.common.multipart.Multipart;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads the `file` of a multipart form; other parts are read and dropped.
final class PictureForm {
  /// What a form may hold beside the picture: boundaries, headers, small fields.
  static final int FRAMING_BYTES = 65_536;

  private PictureForm() {}

  /// The bytes of the first part called `file`; null if there is none.
  ///
  /// @throws Fault MALFORMED, TOO_LARGE, through the future
  static CompletableFuture<byte @Nullable []> read(HttpRequest request, int bytesMax) {
    MediaType type = request.contentType();
    if (type == null || !type.is(MediaType.MULTIPART_FORM_DATA)) {
      throw Fault.of(FaultCode.MALFORMED, "the body must be a multipart form");
    }
    Multipart form;
    try {
      form = Multipart.from(request);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw Fault.of(FaultCode.MALFORMED, "the form has no boundary");
    }
    return form.collect(part -> bytes(part, bytesMax))
        .handle(
            (parts, thrown) -> {
              if (thrown != null) {
                throw refusal(thrown);
              }
              return first(parts);
            });
  }

  private static byte @Nullable [] first(List<Optional<byte[]>> parts) {
    return parts.stream().flatMap(Optional::stream).findFirst().orElse(null);
  }

  private static CompletableFuture<Optional<byte[]>> bytes(BodyPart part, int bytesMax) {
    boolean wanted = "file".equals(part.name());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicLong size = new AtomicLong();
    return part.content()
        .<HttpData>map(
            data -> {
              // What is over the limit is read on and dropped: an answer needs a whole request.
              if (wanted && size.addAndGet(data.length()) <= bytesMax) {
                out.writeBytes(data.array());
              }
              return data;
            })
        .subscribe()
        .thenApply(
            end -> {
              if (size.get() > bytesMax) {
                throw Fault.of(
                    FaultCode.TOO_LARGE, "file: over limits.image_bytes_max of " + bytesMax);
              }
              return wanted ? Optional.of(out.toByteArray()) : Optional.empty();
            });
  }

  private static RuntimeException refusal(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof MimeParsingException) {
        return Fault.of(FaultCode.MALFORMED, "the form is malformed");
      }
      if (at instanceof Fault fault) {
        return fault;
      }
    }
    return new CompletionException(thrown);
  }
}
