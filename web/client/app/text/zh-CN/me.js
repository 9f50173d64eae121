/// 帐号：资料、设备、隐私。
export default {
  'me.title': '我',
};
