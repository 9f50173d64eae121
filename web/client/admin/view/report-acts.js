/// What the pages of reports have in common.

import { t } from '/app/i18n.js';
import { fullName } from '/app/view/handle.js';

/// 'account', 'message' or 'group'.
export function kindOf({ kind }) {
  return kind.replace('REPORT_', '').toLowerCase();
}

/// What an account is called, its id while that is not known.
export function nameOf(store, id) {
  const account = id === '0' ? null : store.directory.user(id);
  return account?.name ? fullName(account) : id;
}

/// Closes a report with a remark for operators and an answer for its reporter. Gives whether it was done.
export async function resolve(page, report) {
  const answer = await page.ask({
    title: t('admin.resolve-ask'), text: report.reason, action: t('admin.resolve'), reason: 'optional', answer: t('admin.answer'),
  });
  if (!answer) return false;
  const data = { id: report.id, remark: answer.reason, answer: answer.answer };
  if (!(await page.attempt(() => page.store.admin('ResolveReport', data)))) return false;
  page.store.tell(t('admin.resolve-done'));
  page.store.count();
  return true;
}
