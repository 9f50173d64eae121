import { Code } from '/app/fault.js';
import { Directory } from '/app/model/directory.js';
import { same, server, settled } from './assert.js';

const user = (id, nickname, more = {}) => ({ id, nickname, handle: nickname.toLowerCase(), avatar_url: '', ...more });

export default {
  async 'answers at once, asks once, and tells when it knows'() {
    let changes = 0;
    const { request, calls } = server({ user: user('2', 'Lei') });
    const directory = new Directory(request, () => changes++);
    same([directory.user('2').name, directory.user('2').name], ['', '']);
    await settled();
    same([directory.user('2').name, directory.user('2').handle, calls.length, changes], ['Lei', 'lei', 1, 1]);
  },

  async 'what could not be answered is asked for again only once the connection is back'() {
    const { request, calls } = server(new Error('gone'), { user: user('2', 'Lei') });
    const directory = new Directory(request, () => {});
    directory.user('2');
    await settled();
    directory.user('2');
    same(calls.length, 1);
    directory.forget('');
    directory.user('2');
    await settled();
    same([directory.user('2').name, calls.length], ['Lei', 2]);
  },

  async 'who has changed is asked about again, and shown as before until it is known'() {
    const { request, calls } = server({ user: user('2', 'Lei') }, { user: user('2', 'Leo', { version: '9' }) });
    const directory = new Directory(request, () => {});
    directory.heard('2', 9);
    directory.user('2');
    await settled();
    directory.heard('2', 0);
    directory.user('2');
    await settled();
    same(calls.length, 1);
    directory.heard('2', 9);
    same(directory.user('2').name, 'Lei');
    await settled();
    same([directory.user('2').name, calls.length], ['Leo', 2]);
    directory.heard('2', 8);
    directory.heard('2', 9);
    directory.user('2');
    await settled();
    same(calls.length, 2);
  },

  async 'a group that is no more has the name that it had, also where nobody knew it'() {
    const gone = Object.assign(new Error('gone'), { code: Code.NOT_FOUND });
    const directory = new Directory(server(gone, gone).request, () => {});
    directory.group('7');
    await settled();
    same(directory.group('7').missing, true);
    directory.learnFormer('7', 'Hikers');
    same(directory.group('7').name, 'Hikers');
    directory.forget('group:7');
    directory.group('7');
    await settled();
    same(directory.group('7').name, 'Hikers');
  },

  'nobody is asked about nobody'() {
    const { request, calls } = server();
    same([new Directory(request, () => {}).user('').name, calls], ['', []]);
  },

  'a friend goes by the remark, and by the nickname again without one'() {
    const { request } = server();
    const directory = new Directory(request, () => {});
    directory.learnUser(user('2', 'Lei'));
    directory.learnRemark('2', 'Old Lei');
    same([directory.user('2').name, directory.user('2').nickname], ['Old Lei', 'Lei']);
    directory.learnRemark('2', '');
    same(directory.user('2').name, 'Lei');
  },

  async 'the remarks of all friends take the place of those of before'() {
    const { request, calls } = server(
      { friend: [{ user: user('2', 'Lei'), remark: 'Old Lei' }], next_cursor: 'c' },
      { friend: [{ user: user('3', 'Kim'), remark: '' }], next_cursor: '' },
    );
    const directory = new Directory(request, () => {});
    directory.learnRemark('9', 'gone');
    await directory.learnFriends();
    same([directory.user('2').name, directory.user('3').name, calls.map(({ data }) => data.cursor)], ['Old Lei', 'Kim', ['', 'c']]);
    same(directory.snapshot().remarks, [['2', 'Old Lei']]);
  },

  async 'a group that has changed is asked for again'() {
    const { request, calls } = server({ group: { id: '7', name: 'New', user_id: '1' } });
    const directory = new Directory(request, () => {});
    directory.learnGroup({ id: '7', name: 'Old', user_id: '1' });
    same(directory.group('7').name, 'Old');
    directory.forget('group:7');
    directory.group('7');
    await settled();
    same([directory.group('7').name, directory.group('7').ownerId, calls.length], ['New', '1', 1]);
  },

  async 'a group that has changed is shown as it was until the answer comes, and by its last name once it is gone'() {
    const { request } = server(Object.assign(new Error('gone'), { code: Code.NOT_FOUND }));
    const directory = new Directory(request, () => {});
    directory.learnGroup({ id: '7', name: 'Old', user_id: '1', role: 'ROLE_MEMBER', announcement: 'Hear, hear' });
    directory.forget('group:7');
    same([directory.group('7').name, directory.group('7').role], ['Old', 'ROLE_MEMBER']);
    await settled();
    same([directory.group('7').name, directory.group('7').role, directory.group('7').announcement, directory.group('7').missing], ['Old', '', '', undefined]);
    same(directory.snapshot().known.length, 1);
  },

  async 'what is kept gives its name to what is gone, also where the answer came first'() {
    const { request } = server(Object.assign(new Error('gone'), { code: Code.NOT_FOUND }));
    const directory = new Directory(request, () => {});
    directory.group('7');
    await settled();
    directory.restore({ known: [['group:7', { id: '7', name: 'Old', role: 'ROLE_MEMBER', announcement: 'Hear, hear' }]], remarks: [] });
    same([directory.group('7').name, directory.group('7').role, directory.group('7').announcement, directory.group('7').missing], ['Old', '', '', undefined]);
  },

  'what was kept does not cover what is known already'() {
    const { request } = server();
    const directory = new Directory(request, () => {});
    directory.learnUser(user('2', 'New'));
    directory.restore({ known: [['user:2', { id: '2', name: 'Old' }], ['user:3', { id: '3', name: 'Kim' }]], remarks: [] });
    same([directory.user('2').name, directory.user('3').name], ['New', 'Kim']);
  },
};
