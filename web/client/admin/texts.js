/// Adds the console's texts to the client's.
import { addTexts } from '/app/i18n.js';
import en from './text/en.js';
import zhCN from './text/zh-CN.js';

addTexts({ en, 'zh-CN': zhCN });
