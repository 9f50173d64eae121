/// Adds the texts of pages that are fetched late.
import { addTexts } from './i18n.js';
import en from './text/en/own.js';
import zhCN from './text/zh-CN/own.js';

addTexts({ en, 'zh-CN': zhCN });
