import { UnreadMarks } from '/app/model/unread-marks.js';
import { same } from './assert.js';

let accounts = 0;

const account = () => `marks-${++accounts}`;

export default {
  'a chat that is marked is so after a reload, until it is opened'() {
    const name = account();
    new UnreadMarks(name).put('user:2');
    same([new UnreadMarks(name).has('user:2'), new UnreadMarks(name).has('user:3')], [true, false]);
    new UnreadMarks(name).drop('user:2');
    same(new UnreadMarks(name).has('user:2'), false);
  },

  'what another tab marks is marked here, and another account’s is not'() {
    const [one, two] = [account(), account()];
    const here = new UnreadMarks(one);
    new UnreadMarks(one).put('group:5');
    new UnreadMarks(two).put('group:6');
    same([here.has('group:5'), here.has('group:6')], [true, false]);
  },

  'the hundred that were marked last are kept, and none after signing out'() {
    const name = account();
    const marks = new UnreadMarks(name);
    for (let i = 1; i <= 130; i++) marks.put(`user:${i}`, i);
    same([marks.has('user:30'), marks.has('user:31'), marks.has('user:130')], [false, true, true]);
    marks.forget();
    same([marks.has('user:130'), Object.keys(localStorage).filter((key) => key.includes(name))], [false, []]);
  },
};
