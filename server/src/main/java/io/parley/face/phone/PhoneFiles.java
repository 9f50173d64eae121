package io.parley.face.phone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.face.edge.Intake;
import io.parley.media.Media;
import io.parley.media.Stored;
import io.parley.media.Upload;
import io.parley.media.UploadAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Takes in the files of `save_file/`, which go to the disk as they come. The name that is given
/// plays no part.
final class PhoneFiles {
  private static final int FRAMING_BYTES = 65_536;

  private final Media media;
  private final Limits limits;
  private final Executor executor;

  PhoneFiles(Media media, Limits limits, Executor executor) {
    this.media = media;
    this.limits = limits;
    this.executor = executor;
  }

  private record Admitted(Caller caller, Upload upload) {}

  /// Stores what `request` brings and tells where.
  ///
  /// @param who makes the request; is asked before a byte of the body is read, and may block
  CompletableFuture<ObjectNode> save(
      ServiceRequestContext context, HttpRequest request, Supplier<Caller> who) {
    // Base64 takes a third more than the file, line breaks and the name a little.
    long bytesMax = limits.fileBytesMax() / 2L * 3 + FRAMING_BYTES;
    Intake intake = new Intake(limits, bytesMax, Endpoint.SAVE_FILE.limit());
    Cancellable work = new Cancellable();
    context.whenRequestCancelling().thenRun(work::cancel);
    return CompletableFuture.supplyAsync(() -> admit(request, intake, who), executor)
        .thenCompose(
            admitted -> {
              Upload upload = admitted.upload();
              return intake
                  .receive(context, request, upload.file(), upload::requireRoom)
                  .thenApplyAsync(received -> work.run(() -> store(admitted)), executor)
                  .whenComplete((answer, thrown) -> upload.close());
            });
  }

  private Admitted admit(HttpRequest request, Intake intake, Supplier<Caller> who) {
    Caller caller = who.get();
    intake.require(request.headers().contentLength());
    return new Admitted(caller, media.receive(caller));
  }

  private ObjectNode store(Admitted admitted) {
    EncodedFile.decode(admitted.upload().file());
    try {
      Stored stored = media.store(admitted.caller(), admitted.upload());
      return PhoneWire.stored(PhoneWire.path(UploadAddress.of(stored.name())));
    } catch (Fault fault) {
      throw fault.code() == FaultCode.MALFORMED || fault.code() == FaultCode.TOO_LARGE
          ? new Refusal(Status.FORMAT_ERROR_FILE, fault.text())
          : fault;
    }
  }
}
