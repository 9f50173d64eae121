import { setLanguage } from '/app/i18n.js';
import { current, SELECTED_MAX, textOf, toggled } from '/app/chat/selection.js';
import { same, truly } from './assert.js';

const said = (seq, content, more = {}) =>
  ({ seq, senderId: '2', kind: 'text', content: { content }, createdAt: new Date(2026, 10, 30, 9, 5).getTime(), recalled: false, ...more });
const holding = (...messages) => ({
  me: '1',
  directory: { user: (id) => ({ name: id === '1' ? 'Mira' : 'Lei' }) },
  timeline: () => ({ at: (seq) => messages.find((each) => each.seq === seq) }),
});

export default {
  'a message is selected, and again it is not'() {
    const one = toggled(new Map(), said(3, 'a'));
    same([...one.keys()], [3]);
    same([...toggled(one, said(3, 'a')).keys()], []);
  },

  'no more than twenty; one of them can still be taken out'() {
    let selected = new Map();
    for (let seq = 1; seq <= SELECTED_MAX; seq++) selected = toggled(selected, said(seq, 'x'));
    same([selected.size, toggled(selected, said(99, 'x'))], [20, null]);
    same(toggled(selected, said(7, 'x')).size, 19);
  },

  'what was recalled since is not selected any more, and an edit counts'() {
    const selected = new Map([[5, said(5, 'old')], [2, said(2, 'gone')], [9, said(9, 'out of the window')]]);
    const store = holding(said(5, 'new'), said(2, '', { recalled: true }));
    same(current(selected, store, 'user:2').map(({ seq, content }) => [seq, content.content]), [[5, 'new'], [9, 'out of the window']]);
  },

  'one message is copied as its text, several with names and times, oldest first'() {
    setLanguage('en');
    const store = holding();
    same(textOf([said(1, '**as** it was\nwritten')], store), '**as** it was\nwritten');
    const lines = textOf([said(1, 'first'), said(2, '', { senderId: '1', kind: 'file', content: { name: 'a.pdf' } })], store).split('\n');
    same(lines.length, 2);
    truly(/^\[.*30.*2026.*\] Lei: first$/.test(lines[0]), lines[0]);
    truly(/^\[.*\] Mira: \[File\] a\.pdf$/.test(lines[1]), lines[1]);
  },
};
