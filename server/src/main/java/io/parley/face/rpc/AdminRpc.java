package io.parley.face.rpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.parley.account.Profile;
import io.parley.account.Throttle;
import io.parley.api.admin.AdminServiceGrpc;
import io.parley.api.admin.AuditEntry;
import io.parley.api.admin.ExportKeyRequest;
import io.parley.api.admin.ExportKeyResponse;
import io.parley.api.admin.ListAuditRequest;
import io.parley.api.admin.ListAuditResponse;
import io.parley.api.admin.ListLimitsRequest;
import io.parley.api.admin.ListLimitsResponse;
import io.parley.api.admin.ListServersRequest;
import io.parley.api.admin.ListServersResponse;
import io.parley.api.admin.OverviewRequest;
import io.parley.api.admin.OverviewResponse;
import io.parley.audit.Entry;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.Right;
import io.parley.base.Slice;
import java.util.List;

/// Of `admin.AdminService`: how the server is, its limits, the audit log, the key of exports.
final class AdminRpc {
  private final OperatorMethods.Engines engines;

  AdminRpc(OperatorMethods.Engines engines) {
    this.engines = engines;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        method(AdminServiceGrpc.getOverviewMethod(), this::overview),
        method(AdminServiceGrpc.getListServersMethod(), this::servers),
        method(AdminServiceGrpc.getListLimitsMethod(), this::limits),
        method(AdminServiceGrpc.getListAuditMethod(), this::audit),
        method(AdminServiceGrpc.getExportKeyMethod(), this::exportKey));
  }

  /// A method for callers with the admin right only: the one place where that is checked.
  static <Q extends Message, R extends Message> RpcMethod<Q, R> method(
      MethodDescriptor<Q, R> descriptor, RpcMethod.Blocking<Q, R> handler) {
    return UserRpc.method(
        descriptor,
        false,
        (caller, request) -> {
          caller.require(Right.ADMIN);
          return handler.call(caller, request);
        });
  }

  private OverviewResponse overview(Caller caller, OverviewRequest request) {
    return OverviewResponse.newBuilder()
        .setVersion(engines.version())
        .setStartedAt(Times.timestamp(engines.vitals().startedAt()))
        .setTotals(AdminWire.totals(engines.totals().counts()))
        .setNow(AdminWire.sample(engines.vitals().now()))
        .addAllSample(engines.vitals().samples().stream().map(AdminWire::sample).toList())
        .setDisk(AdminWire.disk(engines.disk().get()))
        .build();
  }

  private ListServersResponse servers(Caller caller, ListServersRequest request) {
    return ListServersResponse.newBuilder()
        .addAllServer(engines.servers().get().stream().map(ServerWire::server).toList())
        .build();
  }

  private ListLimitsResponse limits(Caller caller, ListLimitsRequest request) {
    Throttle.Locked locked = engines.throttle().locked();
    return ListLimitsResponse.newBuilder()
        .addAllLimit(engines.limits().get().stream().map(AdminWire::limit).toList())
        .setThrottled(engines.throttle().on())
        .setNamesWaiting(locked.names())
        .setAddressesWaiting(locked.addresses())
        .build();
  }

  private ListAuditResponse audit(Caller caller, ListAuditRequest request) {
    Entry.Filter filter =
        new Entry.Filter(
            request.getOperatorId(),
            request.getAct(),
            request.getTarget(),
            AdminWire.millis(request.hasFrom(), request.getFrom()),
            AdminWire.millis(request.hasUntil(), request.getUntil()));
    Slice.Request part =
        Slice.Request.of(request.getCursor(), request.getNum(), engines.room().pageSizeMax());
    Slice<AuditEntry> found =
        Room.fit(
            engines.audit().list(filter, part).map(entry -> AdminWire.entry(entry, name(entry))),
            caller,
            engines.room());
    return ListAuditResponse.newBuilder()
        .addAllEntry(found.rows())
        .setNextCursor(found.next())
        .build();
  }

  private String name(Entry entry) {
    long operator = entry.operator();
    if (operator == 0) {
      return entry.program();
    }
    try {
      Profile profile = engines.accounts().requireProfile(new AccountId(operator));
      return profile.loginName();
    } catch (Fault gone) {
      return "";
    }
  }

  private ExportKeyResponse exportKey(Caller caller, ExportKeyRequest request) {
    return ExportKeyResponse.newBuilder().setPublicKey(engines.exports().publicKey()).build();
  }
}
