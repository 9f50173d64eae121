package io.parley.session;

import io.parley.mail.Letter;

/// What is written to owners of accounts, in the language of whoever asked: English or Chinese.
///
/// Nothing in them was chosen by who asked but the address that they go to, so they are no means of
/// writing to strangers.
final class Letters {
  private Letters() {}

  /// @param language a language tag, such as "zh-CN"
  private static boolean isChinese(String language) {
    return language.startsWith("zh");
  }

  /// With the code that shows that an address is somebody's.
  ///
  /// @param link to where the code is typed
  static Letter code(String language, String code, String link, long minutes) {
    String shown = code.substring(0, code.length() / 2) + ' ' + code.substring(code.length() / 2);
    return isChinese(language)
        ? new Letter(
            "Parley 邮箱验证码：" + shown,
            """
            有人想把这个邮箱地址用于一个 Parley 账号。如果是你，请输入验证码：

                %s

            或打开：%s

            验证码 %d 分钟内有效。如果不是你，请忽略这封邮件；不要把验证码告诉任何人。
            """
                .formatted(shown, link, minutes))
        : new Letter(
            "Your Parley code: " + shown,
            """
            Somebody wants to use this address for a Parley account. If it was you, type the code:

                %s

            or open: %s

            It is good for %d minutes. If it was not you, do nothing; tell the code to nobody.
            """
                .formatted(shown, link, minutes));
  }

  /// To the address that an account had until now.
  static Letter moved(String language, String server) {
    return isChinese(language)
        ? new Letter(
            "Parley 账号的邮箱已更改",
            """
            %s 上的一个账号不再使用这个邮箱地址。

            如果不是你操作的，请立即登录并修改密码，或联系服务器管理员。
            """
                .formatted(server))
        : new Letter(
            "Your Parley account has another address",
            """
            An account at %s does not use this address any more.

            If it was not you, sign in and change the password now, or ask whoever runs the server.
            """
                .formatted(server));
  }

  /// With the link that sets another password.
  static Letter recovery(String language, String link, long minutes) {
    return isChinese(language)
        ? new Letter(
            "重设 Parley 密码",
            """
            有人说忘记了你的 Parley 账号的密码。如果是你，请打开：

                %s

            链接 %d 分钟内有效，只能使用一次。如果不是你，请忽略这封邮件：密码没有改变。
            不要把链接告诉任何人。
            """
                .formatted(link, minutes))
        : new Letter(
            "Set another Parley password",
            """
            Somebody says that they forgot the password of your Parley account. If it was you, open:

                %s

            The link is good for %d minutes, once. If it was not you, do nothing: the password is as
            it was. Tell the link to nobody.
            """
                .formatted(link, minutes));
  }

  /// Once that was done.
  static Letter recovered(String language, String server) {
    return isChinese(language)
        ? new Letter(
            "Parley 密码已重设",
            """
            你在 %s 上的账号已通过邮件设置了新密码，所有设备都已退出登录。

            如果不是你操作的，请立即重新设置密码，并联系服务器管理员。
            """
                .formatted(server))
        : new Letter(
            "Your Parley password was set anew",
            """
            Your account at %s has another password, which was set by a mail. All devices are signed
            out.

            If it was not you, set it anew now, and tell whoever runs the server.
            """
                .formatted(server));
  }
}
