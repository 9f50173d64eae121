import { linkOf } from '/app/model/first-link.js';
import { Previews, setPreviews } from '/app/model/previews.js';
import { same } from './assert.js';

const text = (content) => ({ content });
const message = (id, content, createdAt = 0) => ({ id, content: text(content), createdAt });
const settled = () => new Promise((resolve) => setTimeout(resolve));

export default {
  'the first link is the one, as it stands there, unless something hides it'() {
    same(linkOf(text('see www.a.example/x, or https://b.example')), 'www.a.example/x');
    same(linkOf(text('`https://a.example` ||https://b.example|| **https://c.example**')), 'https://c.example');
    same(linkOf(text('> https://quoted.example\nand mail@a.example')), '');
    same(linkOf(text('- one\n- https://listed.example')), 'https://listed.example');
    same(linkOf(text(`${location.origin}/media/x`)), '');
    same(linkOf({}), '');
  },

  async 'a link is asked for once, two at a time, and shown when it is known'() {
    const asked = [];
    const answers = [];
    let changes = 0;
    const previews = new Previews((cmd, data) => {
      asked.push(data);
      return new Promise((resolve) => answers.push(resolve));
    }, () => (changes += 1));
    const all = ['1', '2', '3'].map((id) => message(id, `https://${id}.example`));
    for (const each of [...all, ...all]) same(previews.of(each), null);
    same(asked.map(({ id }) => id), ['1', '2']);
    answers[0]({ preview: { url: 'https://1.example/', title: 'One', image: 'AAAA', image_type: 'image/png', image_width: 3, image_height: 2 } });
    await settled();
    same(asked.length, 3);
    same(changes, 1);
    const { title, picture, width } = previews.of(all[0]);
    same([title, picture, width], ['One', 'data:image/png;base64,AAAA', 3]);
  },

  async 'a picture of a kind that is none is left out'() {
    const previews = new Previews(async () => ({ preview: { url: 'https://1.example/', title: 'One', image: 'AAAA', image_type: 'text/html' } }), () => {});
    const one = message('1', 'https://1.example');
    previews.of(one);
    await settled();
    same(previews.of(one).picture, '');
  },

  async 'a server without previews is asked no more, and a browser that shows none does not ask'() {
    let asked = 0;
    const previews = new Previews(async () => {
      asked += 1;
      return { disabled: true };
    }, () => {});
    setPreviews(false);
    previews.of(message('1', 'https://1.example'));
    same(asked, 0);
    setPreviews(true);
    previews.of(message('1', 'https://1.example'));
    await settled();
    previews.of(message('2', 'https://2.example'));
    same(asked, 1);
  },
};
