package io.parley.face.rpc;

import static io.parley.face.rpc.UserRpc.method;

import com.google.protobuf.ByteString;
import io.parley.api.chat.ChatServiceGrpc;
import io.parley.api.chat.GetPreviewRequest;
import io.parley.api.chat.GetPreviewResponse;
import io.parley.api.chat.LinkPreview;
import io.parley.base.Caller;
import io.parley.base.MessageId;
import io.parley.preview.Preview;
import io.parley.preview.Previews;
import java.util.List;

/// The method of `chat.ChatService` that tells what is behind a link.
final class PreviewRpc {
  private final Previews previews;

  PreviewRpc(Previews previews) {
    this.previews = previews;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(method(ChatServiceGrpc.getGetPreviewMethod(), false, this::preview));
  }

  private GetPreviewResponse preview(Caller caller, GetPreviewRequest request) {
    Preview preview = previews.of(caller, new MessageId(request.getId()), request.getLink());
    GetPreviewResponse.Builder answer =
        GetPreviewResponse.newBuilder().setDisabled(!previews.enabled());
    if (preview != null) {
      answer.setPreview(wire(preview));
    }
    return answer.build();
  }

  private static LinkPreview wire(Preview preview) {
    LinkPreview.Builder wire =
        LinkPreview.newBuilder()
            .setUrl(preview.url())
            .setTitle(preview.title())
            .setDescription(preview.description())
            .setSite(preview.site());
    Preview.Image image = preview.image();
    if (image != null) {
      wire.setImage(ByteString.copyFrom(image.bytes()))
          .setImageType(image.type())
          .setImageWidth(image.width())
          .setImageHeight(image.height());
    }
    return wire.build();
  }
}
