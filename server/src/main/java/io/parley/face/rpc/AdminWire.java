package io.parley.face.rpc;

import com.google.protobuf.Timestamp;
import io.parley.account.AliasKind;
import io.parley.account.Profile;
import io.parley.admin.LimitInForce;
import io.parley.admin.Machine;
import io.parley.admin.Totals;
import io.parley.api.admin.Account;
import io.parley.api.admin.App;
import io.parley.api.admin.AuditEntry;
import io.parley.api.admin.Disk;
import io.parley.api.admin.Limit;
import io.parley.api.admin.Report;
import io.parley.api.admin.ReportLine;
import io.parley.api.admin.Sample;
import io.parley.api.admin.Token;
import io.parley.api.report.MyReport;
import io.parley.api.report.ReportKind;
import io.parley.audit.Entry;
import io.parley.base.Cidr;
import io.parley.base.Fault;
import io.parley.base.Right;
import io.parley.partner.Apps;
import io.parley.session.ServiceToken;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What operators see, between the wire and the domain.
final class AdminWire {
  private AdminWire() {}

  static Sample sample(io.parley.admin.Sample from) {
    return Sample.newBuilder()
        .setAt(Times.timestamp(from.at()))
        .setRequests(from.requests())
        .setMessages(from.messages())
        .setDeliveries(from.deliveries())
        .setLogins(from.logins())
        .setFaults(from.faults())
        .setSockets(from.sockets())
        .setGateways(from.gateways())
        .setHeapBytes(from.heapBytes())
        .setRssBytes(from.rssBytes())
        .setGcMs(from.gcMs())
        .setWritesWaiting(from.writesWaiting())
        .setWriteP50Us(from.writeP50Us())
        .setWriteP99Us(from.writeP99Us())
        .setEventsWaiting(from.eventsWaiting())
        .setCuts(from.cuts())
        .build();
  }

  static io.parley.api.admin.Totals totals(Totals.Counts counts) {
    return io.parley.api.admin.Totals.newBuilder()
        .setAccounts(counts.accounts())
        .setDisabled(counts.disabled())
        .setGroups(counts.groups())
        .setConversations(counts.conversations())
        .setMessages(counts.messages())
        .setFeeds(counts.posts())
        .setCountedAt(Times.timestamp(counts.countedAt()))
        .build();
  }

  static Disk disk(Machine.Disk disk) {
    return Disk.newBuilder()
        .setDataBytes(disk.data())
        .setTotalBytes(disk.total())
        .setFreeBytes(disk.free())
        .build();
  }

  static Account account(Profile profile) {
    return Account.newBuilder()
        .setUser(UserRpc.UserWire.user(profile.account()))
        .setUsername(profile.names().getOrDefault(AliasKind.USERNAME, ""))
        .setPhone(profile.names().getOrDefault(AliasKind.PHONE, ""))
        .setEmail(profile.names().getOrDefault(AliasKind.EMAIL, ""))
        .setLoginNickname(profile.names().getOrDefault(AliasKind.NICKNAME, ""))
        .addAllRights(rights(profile.account().rights()))
        .setDisabled(profile.account().disabled())
        .build();
  }

  static List<String> rights(Collection<Right> rights) {
    return rights.stream().sorted().map(Right::word).toList();
  }

  static Set<Right> rights(List<String> names) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String name : names) {
      try {
        rights.add(Right.of(name));
      } catch (IllegalArgumentException e) {
        throw Fault.invalid("rights", "there are admin, gateway, mail and entry");
      }
    }
    return rights;
  }

  static Report report(io.parley.report.Report report) {
    Report.Builder wire =
        Report.newBuilder()
            .setId(report.id())
            .setKind(kind(report.kind()))
            .setTargetId(report.target())
            .setGroupId(report.group())
            .setSubjectId(report.subject().value())
            .setReporterId(report.reporter().value())
            .setReason(report.reason())
            .setExcerpt(report.excerpt())
            .setCreatedAt(Times.timestamp(report.createdAt()));
    var resolution = report.resolution();
    if (resolution != null) {
      wire.setResolvedAt(Times.timestamp(resolution.at()))
          .setResolvedBy(resolution.by())
          .setRemark(resolution.remark())
          .setAnswer(resolution.answer());
    }
    return wire.build();
  }

  /// A report for whoever made it.
  static MyReport mine(io.parley.report.Report report) {
    MyReport.Builder wire =
        MyReport.newBuilder()
            .setId(report.id())
            .setKind(kind(report.kind()))
            .setTargetId(report.target())
            .setReason(report.reason())
            .setCreatedAt(Times.timestamp(report.createdAt()));
    var resolution = report.resolution();
    if (resolution != null) {
      wire.setResolvedAt(Times.timestamp(resolution.at())).setAnswer(resolution.answer());
    }
    return wire.build();
  }

  static ReportLine line(io.parley.report.ReportLine line) {
    return ReportLine.newBuilder()
        .setMessageId(line.message().value())
        .setSenderId(line.sender().value())
        .setExcerpt(line.excerpt())
        .setSentAt(Times.timestamp(line.sentAt()))
        .build();
  }

  private static ReportKind kind(io.parley.report.Report.Kind kind) {
    return switch (kind) {
      case ACCOUNT -> ReportKind.REPORT_ACCOUNT;
      case MESSAGE -> ReportKind.REPORT_MESSAGE;
      case GROUP -> ReportKind.REPORT_GROUP;
    };
  }

  static App app(Apps.Listed listed) {
    App.Builder wire =
        App.newBuilder()
            .setId(listed.app().id())
            .setConfigured(listed.configured())
            .setEnabled(listed.enabled())
            .setUnsigned(listed.app().unsigned())
            .setPasswordSalt(listed.app().passwordSalt())
            .addAllServices(listed.app().services())
            .addAllAllowIps(blocks(listed.app().allow()))
            .addAllDenyIps(blocks(listed.app().deny()));
    if (listed.createdAt() > 0) {
      wire.setCreatedAt(Times.timestamp(listed.createdAt()));
    }
    return wire.build();
  }

  private static List<String> blocks(List<Cidr> blocks) {
    return blocks.stream()
        .map(block -> block.network().getHostAddress() + "/" + block.prefix())
        .toList();
  }

  static Token token(ServiceToken token) {
    Token.Builder wire =
        Token.newBuilder()
            .setId(token.id())
            .setName(token.name())
            .addAllRights(rights(token.rights()))
            .setCreatedBy(token.createdBy());
    if (token.createdAt() > 0) {
      wire.setCreatedAt(Times.timestamp(token.createdAt()));
    }
    Long used = token.lastUsedAt();
    if (used != null) {
      wire.setLastUsedAt(Times.timestamp(used));
    }
    Long revoked = token.revokedAt();
    if (revoked != null) {
      wire.setRevokedAt(Times.timestamp(revoked));
    }
    return wire.build();
  }

  static Limit limit(LimitInForce limit) {
    return Limit.newBuilder()
        .setKey(limit.key())
        .setValue(limit.value())
        .setDefaultValue(limit.byDefault())
        .setUnit(limit.unit())
        .setText(limit.text())
        .build();
  }

  static AuditEntry entry(Entry entry, String operator) {
    return AuditEntry.newBuilder()
        .setId(entry.id())
        .setAt(Times.timestamp(entry.at()))
        .setOperatorId(entry.operator())
        .setOperator(operator)
        .setAct(entry.act())
        .setTarget(entry.target())
        .setDetails(entry.details())
        .setAddress(entry.address())
        .build();
  }

  /// Epoch milliseconds; 0 where it is not set.
  static long millis(boolean present, Timestamp at) {
    if (!present) {
      return 0;
    }
    if (at.getSeconds() < 0 || at.getSeconds() > 253_402_300_799L) {
      throw Fault.invalid("from, until", "must be between 1970 and 9999");
    }
    return at.getSeconds() * 1000 + at.getNanos() / 1_000_000;
  }
}
