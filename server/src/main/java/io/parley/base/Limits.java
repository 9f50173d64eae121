package io.parley.base;

/// Every limit of the program, as `limits` in parley.yaml documents them. Names end in their unit.
///
/// @param bodyBytesMax JSON or form body of an HTTP request
/// @param openBodyBytesMax body of a request that needs no token
/// @param bodiesInFlightBytesMax bodies of all requests that are being received or answered
/// @param bodyRateBytesMin bytes a second that a body must come with on average
/// @param grpcBytesMax one gRPC message
/// @param frameBytesMax data of one frame on a live socket
/// @param socketInFlightMax requests being answered on one socket
/// @param outboxBytesMax bytes waiting for one slow receiver before its socket is closed
/// @param socketsPerAccountMax live sockets of one account
/// @param socketsMax live sockets of the server
/// @param devicesPerAccountMax devices of one account whose acknowledgements are kept
/// @param connectionsMax connections of the server, live sockets among them
/// @param connectionsPerAddressMax connections from one address, loopback and trusted proxies apart
/// @param headDeadlineS seconds for the head of a request, the TLS handshake included
/// @param authDeadlineS seconds a socket may stay unauthenticated
/// @param heartbeatS seconds between a client's pings; three missed close the socket
/// @param textCodePointsMax code points of a text message
/// @param postCodePointsMax code points of a post
/// @param postImagesMax pictures of a post
/// @param commentCodePointsMax code points of a comment on a post
/// @param feedFanoutFollowersMax followers and friends of an author whose posts are written into
///     their timelines; the posts of others are fetched by each reader
/// @param feedTimelineMax posts kept ready in the timeline of one account
/// @param feedSeenMax posts that an account is remembered to have been recommended
/// @param urlCharsMax characters of a URL in a message or profile
/// @param mentionsMax accounts mentioned in one message
/// @param pinsMax messages pinned in one conversation
/// @param starsMax messages that one account has starred
/// @param clientMessageIdCharsMax characters of a `client_message_id`
/// @param nicknameCodePointsMax code points of a display name
/// @param passwordCharsMax characters of a password
/// @param passwordCharsMin characters of a new password
/// @param pageSizeMax rows of a page
/// @param searchesWaitingMax searches that wait or are at work before callers are told "busy"
/// @param searchesPerAccountMax of those, one account's
/// @param searchCharsMax characters that one search reads before it answers with what it has
/// @param searchSMax seconds that one search may take once it has begun
/// @param historyMax messages of one History answer
/// @param groupMembersMax members of a group
/// @param groupsPerAccountMax groups an account may be in
/// @param groupRequestsMax requests to join one group that wait for an answer
/// @param groupInvitationsMax invitations into groups waiting for one account's answer, and those
///     into one group
/// @param groupInvitationsMadeMax invitations of one account that wait for an answer
/// @param groupReinviteS seconds before an account is invited again into a group after it declined
/// @param invitesMax live invites of one account, and those into one group
/// @param friendsPerAccountMax friends of an account
/// @param friendRequestsMax requests waiting for one account's answer, and requests one account
///     waits on
/// @param requestsPerDayMax conversations with strangers that one account began within a day and
///     that wait to be accepted
/// @param previewsPerHourMax links of which one account may have the preview made within an hour
/// @param previewsWaitingMax pages that are being fetched or wait for it
/// @param previewsPerAccountMax of those, one account's
/// @param previewsKeptMax previews that are kept; the oldest go
/// @param followsPerAccountMax accounts that one account follows
/// @param blocksPerAccountMax accounts that one account blocks
/// @param reportsPerAccountMax reports of one account that no admin has resolved yet
/// @param activityMax entries of one account's activity list; the oldest go
/// @param imageBytesMax bytes of an uploaded picture
/// @param imagePixelsMax pixels of an uploaded picture
/// @param imageMemoryBytesMax bytes that all pictures being decoded may fill together, and a third
///     of the heap at most
/// @param pictureDecodeSMax seconds that decoding one picture may take
/// @param picturesWaitingMax pictures that wait or are being decoded
/// @param picturesWaitingPerAccountMax of those, one account's
/// @param fileBytesMax bytes of an uploaded file, sound or video
/// @param uploadsMax uploads being received at once
/// @param uploadsPerAccountMax uploads of one account being received at once
/// @param uploadBytesPerSMin bytes a second that an upload must bring, over each `uploadStallS`
/// @param uploadStallS seconds after which an upload that brings less is ended
/// @param unfinishedUploadsMax uploads that were begun to be gone on with, of all accounts
/// @param unfinishedUploadsPerAccountMax of those, one account's
/// @param unfinishedUploadS seconds after which one that nobody goes on with is removed
/// @param uploadQuotaBytesMax bytes of all uploads of one account
/// @param diskFloorBytes bytes of free disk below which no upload is taken
/// @param recallWindowS seconds in which a sender may take a message back
/// @param editWindowS seconds in which a sender may edit a text message
/// @param sessionsPerAccountMax live sessions of one account; the oldest ends when one more opens
/// @param sessionDays days a session lives after it was last used
/// @param sessionDaysMax days a session lives at most
/// @param writeQueueMax writes waiting for the one writer before callers are told "busy"
/// @param writeBatchMax writes in one commit
/// @param eventQueueMax events waiting for fan-out before publishers block
/// @param hashQueueMax logins waiting for the slow hash before callers are told "busy"
/// @param registrationsPerHourMax accounts that one address may register in an hour
/// @param mailsPerHourMax mails that the server sends by itself in an hour
/// @param accountMailsPerHourMax of those, about one account
/// @param addressMailsPerHourMax of those, to one address that somebody wants to take
/// @param recoveriesPerHourMax recoveries that may be asked for from one address in an hour, and as
///     many links that may be tried
/// @param ownExportsMax exports of accounts by their owners that are written at once
/// @param gatewaysMax gateways that are connected
/// @param gatewayClientsMax clients that one gateway has registered
/// @param gatewayInFlightMax frames of one gateway being answered
/// @param gatewayOutboxBytesMax bytes waiting for one gateway before its stream is ended
/// @param signedTransactionsMax transaction ids of signed-http kept against replays
public record Limits(
    int bodyBytesMax,
    int openBodyBytesMax,
    long bodiesInFlightBytesMax,
    int bodyRateBytesMin,
    int grpcBytesMax,
    int frameBytesMax,
    int socketInFlightMax,
    int outboxBytesMax,
    int socketsPerAccountMax,
    int socketsMax,
    int devicesPerAccountMax,
    int connectionsMax,
    int connectionsPerAddressMax,
    int headDeadlineS,
    int authDeadlineS,
    int heartbeatS,
    int textCodePointsMax,
    int postCodePointsMax,
    int postImagesMax,
    int commentCodePointsMax,
    int feedFanoutFollowersMax,
    int feedTimelineMax,
    int feedSeenMax,
    int urlCharsMax,
    int mentionsMax,
    int pinsMax,
    int starsMax,
    int clientMessageIdCharsMax,
    int nicknameCodePointsMax,
    int passwordCharsMin,
    int passwordCharsMax,
    int pageSizeMax,
    int searchesWaitingMax,
    int searchesPerAccountMax,
    int searchCharsMax,
    int searchSMax,
    int historyMax,
    int groupMembersMax,
    int groupsPerAccountMax,
    int groupRequestsMax,
    int groupInvitationsMax,
    int groupInvitationsMadeMax,
    int groupReinviteS,
    int invitesMax,
    int friendsPerAccountMax,
    int friendRequestsMax,
    int requestsPerDayMax,
    int previewsPerHourMax,
    int previewsWaitingMax,
    int previewsPerAccountMax,
    int previewsKeptMax,
    int followsPerAccountMax,
    int blocksPerAccountMax,
    int reportsPerAccountMax,
    int activityMax,
    int imageBytesMax,
    int imagePixelsMax,
    long imageMemoryBytesMax,
    int pictureDecodeSMax,
    int picturesWaitingMax,
    int picturesWaitingPerAccountMax,
    int fileBytesMax,
    int uploadsMax,
    int uploadsPerAccountMax,
    int uploadBytesPerSMin,
    int uploadStallS,
    int unfinishedUploadsMax,
    int unfinishedUploadsPerAccountMax,
    int unfinishedUploadS,
    long uploadQuotaBytesMax,
    long diskFloorBytes,
    int recallWindowS,
    int editWindowS,
    int sessionsPerAccountMax,
    int sessionDays,
    int sessionDaysMax,
    int writeQueueMax,
    int writeBatchMax,
    int eventQueueMax,
    int hashQueueMax,
    int registrationsPerHourMax,
    int mailsPerHourMax,
    int accountMailsPerHourMax,
    int addressMailsPerHourMax,
    int recoveriesPerHourMax,
    int ownExportsMax,
    int gatewaysMax,
    int gatewayClientsMax,
    int gatewayInFlightMax,
    int gatewayOutboxBytesMax,
    int signedTransactionsMax) {}
