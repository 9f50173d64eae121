/// The account: profile, devices, privacy.
export default {
  'me.title': 'Me',
};
