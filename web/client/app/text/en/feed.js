/// The feed.
export default {
  'feed.title': 'Feed',
};
