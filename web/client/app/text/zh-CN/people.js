/// 好友与群。
export default {
  'people.title': '通讯录',
};
