/// 动态。
export default {
  'feed.title': '动态',
};
