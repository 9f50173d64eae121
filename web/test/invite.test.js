import { isLive, words } from '/app/invite/invite-card.js';
import { dropInvite, inviteIn, keepInvite, keptInvite } from '/app/invite/link.js';
import { language, setLanguage } from '/app/i18n.js';
import { worded } from '/app/refusals.js';
import { same } from './assert.js';

const STATES = ['INVITE_EXPIRED', 'INVITE_REVOKED', 'INVITE_USED_UP', 'INVITE_ENDED'];
const REFUSALS = ['there is no such invite', 'the invite has expired', 'the invite was revoked', 'the invite was used up', 'the invite is not valid any more',
  'registration is by invite', 'registration is closed'];

function inEach(look) {
  const before = language();
  try {
    return ['en', 'zh-CN'].map((code) => {
      setLanguage(code);
      return look();
    });
  } finally {
    setLanguage(before);
  }
}

export default {
  'an address holds an invite, or a part of one, or none'() {
    same(['#invite:aB-_', '#invite:', '#group:12', '', `#invite:${'x'.repeat(201)}`].map(inviteIn), ['aB-_', '', '', '', '']);
  },

  'an invite is kept by the tab until it is dropped'() {
    keepInvite('one');
    same(keptInvite(), { token: 'one', registered: false });
    keepInvite('one', true);
    same(keptInvite(), { token: 'one', registered: true });
    dropInvite();
    same(keptInvite(), null);
  },

  'what is no invite any more is not live'() {
    same([{ state: 'INVITE_LIVE' }, {}, ...STATES.map((state) => ({ state }))].map(isLive), [true, true, false, false, false, false]);
  },

  'an invite says who and where, in both languages'() {
    const group = { kind: 'INVITE_GROUP', group_name: 'Tea at five', member_count: 12, maker_name: 'Ann' };
    same(inEach(() => words(group)), ['Ann invites you to Tea at five (12 members).', 'Ann邀请你加入Tea at five（12 位成员）。']);
    same(inEach(() => words({ kind: 'INVITE_PERSON', maker_name: 'Ann' })), ['Ann would like to talk with you here.', 'Ann想在这里和你聊天。']);
  },

  'each refusal has words of its own, in both languages'() {
    for (const message of REFUSALS) {
      const [en, zh] = inEach(() => worded('2107', message));
      same([en.includes(message), /[a-z]{4}/.test(zh), en === zh], [false, false, false], message);
    }
    same(new Set(REFUSALS.map((message) => worded('2107', message))).size, REFUSALS.length);
  },
};
