/// English, an area a module. `zh-CN` has the same keys.
import activity from './en/activity.js';
import app from './en/app.js';
import chat from './en/chat.js';
import feed from './en/feed.js';
import invite from './en/invite.js';
import me from './en/me.js';
import people from './en/people.js';
import refusal from './en/refusal.js';
import report from './en/report.js';

export default { ...app, ...activity, ...chat, ...people, ...feed, ...invite, ...me, ...refusal, ...report };
