package io.parley.face.phone;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.base.AccountId;
import io.parley.messaging.Content.GroupLine;
import java.util.stream.Collectors;

/// What the server says in groups, in the words of this contract: phones have none of their own.
record PhoneLines(Accounts accounts) {
  /// @param sender of the message with the line
  String words(GroupLine line, AccountId sender) {
    String whom = names(line);
    String who = name(sender.value());
    boolean nobodyElse = line.accounts().contains(sender.value());
    return switch (line.event()) {
      case JOINED -> whom + "加入了群聊";
      case BROUGHT_IN -> who + "邀请" + whom + "加入了群聊";
      case LEFT -> whom + "退出了群聊";
      case REMOVED -> nobodyElse ? whom + "被移出了群聊" : who + "将" + whom + "移出了群聊";
      case RENAMED -> who + "将群名修改为“" + line.text() + "”";
      case ANNOUNCED -> line.text();
      case ADMIN_ADDED -> who + "将" + whom + "设为管理员";
      case ADMIN_REMOVED -> who + "取消了" + whom + "的管理员身份";
      case OWNER_CHANGED -> who + "将群主转让给了" + whom;
      case PINNED -> who + "置顶了一条消息";
      case DISSOLVED -> "群聊已解散";
    };
  }

  private String names(GroupLine line) {
    String names = line.accounts().stream().map(this::name).collect(Collectors.joining("、"));
    return line.count() > line.accounts().size() ? names + "等" + line.count() + "人" : names;
  }

  private String name(long id) {
    Account account = accounts.findPresent(new AccountId(id));
    return account == null ? Long.toString(id) : account.nickname();
  }
}
