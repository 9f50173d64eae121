package io.parley.face.rpc;

import io.parley.api.admin.AdminServiceGrpc;
import io.parley.api.admin.GetReportRequest;
import io.parley.api.admin.GetReportResponse;
import io.parley.api.admin.ListReportsRequest;
import io.parley.api.admin.ListReportsResponse;
import io.parley.api.admin.PendingRequest;
import io.parley.api.admin.PendingResponse;
import io.parley.api.admin.RecallReportedRequest;
import io.parley.api.admin.RecallReportedResponse;
import io.parley.api.admin.ResolveReportRequest;
import io.parley.api.admin.ResolveReportResponse;
import io.parley.api.report.MyReport;
import io.parley.api.report.MyReportsRequest;
import io.parley.api.report.MyReportsResponse;
import io.parley.api.report.ReportRequest;
import io.parley.api.report.ReportResponse;
import io.parley.api.report.ReportServiceGrpc;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Slice;
import io.parley.feed.post.Moderation;
import io.parley.report.Report;
import io.parley.report.Reports;
import java.util.List;

/// The methods of `report.ReportService`, and of `admin.AdminService` what becomes of reports.
final class ReportRpc {
  private final Reports reports;
  private final Moderation moderation;
  private final Limits limits;

  ReportRpc(Reports reports, Moderation moderation, Limits limits) {
    this.reports = reports;
    this.moderation = moderation;
    this.limits = limits;
  }

  List<RpcMethod<?, ?>> methods() {
    return List.of(
        UserRpc.method(ReportServiceGrpc.getReportMethod(), false, this::report),
        UserRpc.method(ReportServiceGrpc.getMyReportsMethod(), false, this::mine),
        AdminRpc.method(AdminServiceGrpc.getPendingMethod(), this::pending),
        AdminRpc.method(AdminServiceGrpc.getGetReportMethod(), this::get),
        AdminRpc.method(AdminServiceGrpc.getRecallReportedMethod(), this::recall),
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

  private MyReportsResponse mine(Caller caller, MyReportsRequest request) {
    Slice.Request part =
        Slice.Request.of(request.getCursor(), request.getNum(), limits.pageSizeMax());
    Slice<MyReport> found =
        Room.fit(reports.mine(caller, part).map(AdminWire::mine), caller, limits);
    return MyReportsResponse.newBuilder()
        .addAllReport(found.rows())
        .setNextCursor(found.next())
        .build();
  }

  private ListReportsResponse list(Caller caller, ListReportsRequest request) {
    Slice.Request part =
        Slice.Request.of(request.getCursor(), request.getNum(), limits.pageSizeMax());
    Report.Filter filter =
        new Report.Filter(!request.getAll(), request.getSubjectId(), request.getReporterId());
    Slice<io.parley.api.admin.Report> found =
        Room.fit(reports.list(filter, part).map(AdminWire::report), caller, limits);
    return ListReportsResponse.newBuilder()
        .addAllReport(found.rows())
        .setNextCursor(found.next())
        .build();
  }

  private GetReportResponse get(Caller caller, GetReportRequest request) {
    Reports.Whole whole = reports.require(request.getId());
    return GetReportResponse.newBuilder()
        .setReport(AdminWire.report(whole.report()))
        .addAllContext(whole.lines().stream().map(AdminWire::line).toList())
        .setRecalled(whole.recalled())
        .build();
  }

  private RecallReportedResponse recall(Caller caller, RecallReportedRequest request) {
    reports.recall(caller, request.getId(), request.getReason());
    return RecallReportedResponse.getDefaultInstance();
  }

  private ResolveReportResponse resolve(Caller caller, ResolveReportRequest request) {
    reports.resolve(caller, request.getId(), request.getRemark(), request.getAnswer());
    return ResolveReportResponse.getDefaultInstance();
  }

  private PendingResponse pending(Caller caller, PendingRequest request) {
    Moderation.Pending posts = moderation.pending();
    return PendingResponse.newBuilder()
        .setReports(reports.openCount(Moderation.COUNTED_MAX))
        .setWaitingFeeds(posts.waiting())
        .setReportedFeeds(posts.reported())
        .build();
  }
}
