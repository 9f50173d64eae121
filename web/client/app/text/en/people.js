/// Friends and groups.
export default {
  'people.title': 'Contacts',
};
