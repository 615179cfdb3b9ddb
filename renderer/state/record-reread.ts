import { read } from './bureau.ts';
import type { FormContent } from './record-content.ts';
import type { RecordForm } from './record-form.ts';
import { keysFor } from './record-rows.ts';

/** The record as the session may see it now, where that is not how it stands in the form. Changes typed on it stay. */
export async function reread(form: RecordForm, isVeiled: boolean): Promise<void> {
  const { whole, isDirty, isBusy } = form.store.getState();
  if (!whole || isDirty || isBusy || (whole.isVeiled === true) === isVeiled) return;
  const now = await read('ledger.get', { id: whole.id }).catch(() => null);
  const { whole: still, isDirty: isTyped, ledger, rowKeys } = form.store.getState();
  if (!now || isTyped || still?.version !== now.version) return;
  const content = now.record as FormContent;
  form.store.setState({ whole: now, content, rowKeys: keysFor(content, ledger, rowKeys) });
}
