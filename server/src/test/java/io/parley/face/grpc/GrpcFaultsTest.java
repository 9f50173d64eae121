package io.parley.face.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

/// What the framework reports of a call, in the terms of the contract.
class GrpcFaultsTest {
  @Test
  void status_ofACallThatWasNeverFinished_isNoInternalError() {
    ServiceRequestContext context =
        ServiceRequestContext.of(HttpRequest.of(HttpMethod.POST, "/a.B/C"));
    Status told =
        GrpcFaults.status(context, Status.UNKNOWN, RequestTimeoutException.get(), new Metadata());
    assertEquals(Status.Code.UNAVAILABLE, told.getCode());
    assertEquals("the call took too long", told.getDescription());
  }
}
