/// 简体中文，每个区域一个模块；键与 `en` 相同。
import activity from './zh-CN/activity.js';
import app from './zh-CN/app.js';
import chat from './zh-CN/chat.js';
import feed from './zh-CN/feed.js';
import invite from './zh-CN/invite.js';
import me from './zh-CN/me.js';
import people from './zh-CN/people.js';
import refusal from './zh-CN/refusal.js';
import report from './zh-CN/report.js';

export default { ...app, ...activity, ...chat, ...people, ...feed, ...invite, ...me, ...refusal, ...report };
