package io.parley.face.rpc;

import io.parley.account.AccountSearch;
import io.parley.account.Accounts;
import io.parley.account.Editing;
import io.parley.activity.Activities;
import io.parley.base.Limits;
import io.parley.feed.Feeds;
import io.parley.group.Groups;
import io.parley.group.Invitations;
import io.parley.group.Roster;
import io.parley.invite.Invites;
import io.parley.mail.Mails;
import io.parley.messaging.Conversations;
import io.parley.messaging.Messaging;
import io.parley.messaging.Requests;
import io.parley.messaging.Revisions;
import io.parley.messaging.Searching;
import io.parley.messaging.Syncing;
import io.parley.presence.Presences;
import io.parley.preview.Previews;
import io.parley.report.Reports;
import io.parley.session.Confirming;
import io.parley.session.OwnPassword;
import io.parley.session.OwnSecondFactor;
import io.parley.session.Sessions;
import io.parley.social.Follows;
import io.parley.social.Friends;
import java.util.List;
import java.util.stream.Stream;

/// The methods of the native API that everybody may call; those of operators are the
/// [OperatorMethods].
public final class NativeMethods {
  private final List<RpcMethod<?, ?>> all;

  public NativeMethods(
      Accounts accounts,
      AccountSearch accountSearch,
      Editing editing,
      Sessions sessions,
      OwnPassword ownPassword,
      OwnSecondFactor ownSecondFactor,
      Confirming confirming,
      Messaging messaging,
      Syncing syncing,
      Conversations conversations,
      Requests requests,
      Revisions revisions,
      Searching searching,
      Presences presences,
      Previews previews,
      Groups groups,
      Roster roster,
      Invitations invitations,
      Invites invites,
      String publicUrl,
      Friends friends,
      Follows follows,
      Feeds feeds,
      Reports reports,
      Activities activities,
      Mails mails,
      Limits limits) {
    all =
        Stream.of(
                new CommonRpc(mails).methods(),
                new UserRpc(accounts, invites, accountSearch, sessions, ownPassword, limits)
                    .methods(),
                new ProfileRpc(accounts, editing).methods(),
                new SessionRpc(sessions, confirming).methods(),
                new TotpRpc(ownSecondFactor).methods(),
                new MessageRpc(messaging).methods(),
                new ConversationRpc(messaging, syncing, accounts, groups, limits).methods(),
                new ChatRpc(accounts, conversations, revisions, searching, presences, limits)
                    .methods(),
                new RequestRpc(requests).methods(),
                new PreviewRpc(previews).methods(),
                new MarkRpc(accounts, revisions, limits).methods(),
                new GroupRpc(groups, roster, limits).methods(),
                new MembershipRpc(groups, roster, invitations, limits).methods(),
                new InviteRpc(invites, publicUrl, limits).methods(),
                new SocialRpc(friends, follows, limits).methods(),
                new FeedRpc(feeds, limits).methods(),
                new CommentRpc(feeds, limits).methods(),
                new ModerationRpc(feeds, limits).methods(),
                new ReportRpc(reports, feeds.moderation(), limits).methods(),
                new ActivityRpc(activities, limits).methods())
            .<RpcMethod<?, ?>>flatMap(List::stream)
            .toList();
  }

  public List<RpcMethod<?, ?>> all() {
    return all;
  }
}
