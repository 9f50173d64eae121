/// The texts that are fetched late.
import en from '/app/text/en/own.js';
import first from '/app/text/en.js';
import zhCN from '/app/text/zh-CN/own.js';
import { same } from './assert.js';

export default {
  'every language has the same keys, and none that the first texts have'() {
    same(Object.keys(zhCN), Object.keys(en));
    same(Object.keys(en).filter((key) => key in first), []);
  },

  'what a text leaves out for values is the same in every language'() {
    const places = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
    same(Object.keys(en).filter((key) => String(places(en[key])) !== String(places(zhCN[key]))), []);
  },
};
