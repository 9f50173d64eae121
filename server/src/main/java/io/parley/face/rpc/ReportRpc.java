package io.parley.face.rpc;

import io.parley.api.admin.AdminServiceGrpc;
import io.parley.api.admin.ListReportsRequest;
import io.parley.api.admin.ListReportsResponse;
import io.parley.api.admin.ResolveReportRequest;
import io.parley.api.admin.ResolveReportResponse;
import io.parley.api.report.ReportRequest;
import io.parley.api.report.ReportResponse;
import io.parley.api.report.ReportServiceGrpc;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Slice;
import io.parley.report.Report;
import io.parley.report.Reports;
import java.util.List;

/// The method of `report.ReportService`, and of `admin.AdminService` what becomes of reports.
final class ReportRpc {
  private final Reports reports;
  private final Limits limits;

  ReportRpc(Reports reports, Limits limits) {
    this.reports = reports;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(ReportServiceGrpc.getReportMethod(), false, this::report),
        AdminRpc.method(AdminServiceGrpc.getListReportsMethod(), this::list),
        AdminRpc.method(AdminServiceGrpc.getResolveReportMethod(), this::resolve));
  }

  private ReportResponse report(Caller caller, ReportRequest request) {
    Report.Kind kind =
        switch (request.getKind()) {
          case REPORT_ACCOUNT -> Report.Kind.ACCOUNT;
          case REPORT_MESSAGE -> Report.Kind.MESSAGE;
          case REPORT_GROUP -> Report.Kind.GROUP;
          case UNRECOGNIZED -> throw Fault.invalid("kind", "must be 0, 1 or 2");
        };
    if (request.getTargetId() <= 0) {
      throw Fault.invalid("target_id", "missing");
    }
    reports.report(caller, kind, request.getTargetId(), request.getReason());
    return ReportResponse.getDefaultInstance();
  }

  private ListReportsResponse list(Caller caller, ListReportsRequest request) {
    Slice.Request part =
        Slice.Request.of(request.getCursor(), request.getNum(), limits.pageSizeMax());
    Slice<io.parley.api.admin.Report> found =
        Room.fit(reports.list(!request.getAll(), part).map(AdminWire::report), caller, limits);
    return ListReportsResponse.newBuilder()
        .addAllReport(found.rows())
        .setNextCursor(found.next())
        .build();
  }

  private ResolveReportResponse resolve(Caller caller, ResolveReportRequest request) {
    reports.resolve(caller, request.getId(), request.getRemark());
    return ResolveReportResponse.getDefaultInstance();
  }
}
