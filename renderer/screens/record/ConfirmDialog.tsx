import { Modal } from 'antd';
import type { FormState } from '#renderer/state/form-state.ts';
import { valueAt } from '#renderer/state/record-begin.ts';
import { typedFromValue } from '#renderer/state/record-content.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import type { Confirming } from '#renderer/state/record-waiting.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { labelOfPath } from '#shared/text/problems.ts';
import { formText, relatedText } from '#shared/text/records.ts';
import { commonText } from '#shared/text/window.ts';

type Props = { form: RecordForm; state: FormState; confirming: Confirming };

const mostShown = 60;

/** Asks once before a save or a step drops something, ends a record with blanks left in its texts, or voids what other records name. Enter goes back. */
export function ConfirmDialog({ form, state, confirming }: Props) {
  const { ledger, pending, codes } = state;
  const { next, dropped, pointing, due, blanks } = confirming;
  const unfilled = Object.entries(blanks);
  const isSave = typeof next === 'string';
  const shown = (path: string): string => {
    const [name = '', , field] = path.split('.');
    const spec: FieldSpec | undefined =
      field === undefined ? ledger.fields[name] : ledger.children[name]?.fields[field];
    const value = valueAt(state.content, path);
    const label = spec?.codes === undefined ? null : codes.label(spec.codes, String(value));
    const text = label ?? (spec ? typedFromValue(spec, value) : '');
    return text.length > mostShown ? `${text.slice(0, mostShown)}${commonText.toCome}` : text;
  };
  return (
    <Modal
      open
      title={isSave ? formText.confirmTitle.save : formText.confirmTitle.act(next.label)}
      okText={isSave ? formText.confirmSave : next.label}
      cancelText={formText.confirmBack}
      okButtonProps={{ danger: dropped.length + pointing.length > 0 }}
      cancelButtonProps={{ autoFocus: true }}
      onOk={() => void form.confirm(true)}
      onCancel={() => void form.confirm(false)}
    >
      {dropped.length > 0 && (
        <>
          <p>{formText.confirmDropped}</p>
          <ul className="problem-list" data-testid="dropped">
            {dropped.map((path) => (
              <li key={path}>
                <strong>{labelOfPath(ledger, path)}</strong>
                <span className="quiet">{commonText.gap + shown(path)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {unfilled.length > 0 && (
        <>
          <p>{formText.confirmBlanks}</p>
          <ul className="problem-list" data-testid="blanks">
            {unfilled.map(([path, count]) => (
              <li key={path}>
                <strong>{labelOfPath(ledger, path)}</strong>
                <span className="quiet">{commonText.gap + formText.blanksCount(count)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {isSave && pending && <p>{formText.confirmPending(pending.label)}</p>}
      {due.length > 0 && (
        <>
          <p>{formText.confirmDue}</p>
          <ul className="problem-list" data-testid="still-due">
            {due.map(({ what, dueOn }) => (
              <li key={what}>
                <strong>{what}</strong>
                <span className="quiet">{commonText.gap + dueOn}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {pointing.length > 0 && (
        <>
          <p>{formText.confirmPointing}</p>
          <ul className="problem-list" data-testid="pointing">
            {pointing.map((one) => {
              const from = ledgers.find(({ name }) => name === one.ledger);
              return (
                <li key={`${one.ledger}.${one.field}`}>
                  {relatedText.group(from?.noun ?? one.ledger, from?.fields[one.field]?.label ?? one.field)}
                  <span className="quiet">{commonText.gap + relatedText.total(one.total, one.capped)}</span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Modal>
  );
}
