import { Drafts, NO_DRAFT } from '/app/model/drafts.js';
import { same } from './assert.js';

let accounts = 0;

const account = () => `drafts-${++accounts}`;
const make = (name, changed = () => {}) => new Drafts(name, changed);
const draft = (text, more = {}) => ({ ...NO_DRAFT, text, ...more });
const stored = (name) => Object.keys(localStorage).filter((key) => key.startsWith(`parley.draft.${name}.`));

export default {
  'a draft is there after a reload, with what it answers and whom it names'() {
    const name = account();
    const message = { seq: 7, senderId: '3', kind: 'text', content: { content: 'why?' } };
    make(name).put('user:2', draft('because', { about: { mode: 'reply', message }, named: [{ id: '3', nickname: 'Lei' }] }));
    const { text, about, named } = make(name).of('user:2');
    same([text, about, named], ['because', { mode: 'reply', message }, [{ id: '3', nickname: 'Lei' }]]);
    make(name).close(true);
  },

  'a draft that was emptied, dropped or sent is none, here and in the storage'() {
    const name = account();
    const drafts = make(name);
    drafts.put('user:2', draft('a'));
    drafts.put('user:3', draft('b'));
    drafts.put('user:2', draft(''));
    drafts.drop('user:3');
    same([drafts.keys, drafts.of('user:2') === NO_DRAFT, stored(name)], [[], true, []]);
  },

  'the newest hundred are kept'() {
    const name = account();
    const drafts = make(name);
    for (let i = 1; i <= 130; i++) drafts.put(`user:${i}`, draft(`text ${i}`));
    same([drafts.keys.length, stored(name).length, drafts.of('user:30').text, drafts.of('user:31').text], [100, 100, '', 'text 31']);
    drafts.close(true);
    same([drafts.keys, stored(name)], [[], []]);
  },

  'what is older than 30 days, or is no draft, is deleted'() {
    const name = account();
    const old = { text: 'old', about: null, named: [], at: Date.now() - 31 * 86_400_000 };
    localStorage.setItem(`parley.draft.${name}.user:2`, JSON.stringify(old));
    localStorage.setItem(`parley.draft.${name}.user:3`, '{not json');
    same([make(name).keys, stored(name)], [[], []]);
  },

  'what another tab writes stands here, too'() {
    const name = account();
    let told = 0;
    const drafts = make(name, () => told++);
    const key = `parley.draft.${name}.user:2`;
    const elsewhere = (newValue) => dispatchEvent(new StorageEvent('storage', { key, newValue }));
    elsewhere(JSON.stringify(draft('there', { at: 5 })));
    same([drafts.of('user:2').text, told], ['there', 1]);
    elsewhere(null);
    same([drafts.keys, told], [[], 2]);
    dispatchEvent(new StorageEvent('storage', { key: 'parley.language', newValue: 'en' }));
    dispatchEvent(new StorageEvent('storage', { key: null }));
    same(told, 2);
    drafts.close(true);
  },

  'another account’s drafts are not touched'() {
    const [one, two] = [account(), account()];
    make(one).put('user:2', draft('mine'));
    make(two).close(true);
    same(make(one).of('user:2').text, 'mine');
    make(one).close(true);
  },
};
