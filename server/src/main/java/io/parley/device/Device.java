package io.parley.device;

import io.parley.base.AccountId;
import org.jspecify.annotations.Nullable;

/// Something that is pushed to.
///
/// @param pushId its name, made by the server: 32 hexadecimal digits
/// @param noticeAcked [Notice#changed] of the newest notice that it acknowledged
/// @param noticeSince friendships that are older are no news to it
/// @param infoObject whether it last sent a message's content as an object; null if it has sent
///     none
public record Device(
    String pushId,
    AccountId account,
    long noticeAcked,
    long noticeSince,
    @Nullable Boolean infoObject) {}
