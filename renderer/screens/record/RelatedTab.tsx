import { Alert, Button, Spin, Tag } from 'antd';
import type { Action } from '#renderer/commands/actions.ts';
import { type Codes, useCodes } from '#renderer/state/codes.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { mayChange, useMayChange } from '#renderer/state/reach.ts';
import { type FormContent, typedFromValue } from '#renderer/state/record-content.ts';
import { openList, openRecord } from '#renderer/state/route.ts';
import type { Related, Scalar, SessionInfo } from '#shared/api/types.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { errorText } from '#shared/text/errors.ts';
import { relatedText } from '#shared/text/records.ts';
import { actionText, commonText } from '#shared/text/window.ts';
import { shownCode } from './FieldInput.tsx';

/** Whether any register's description points at records of this one. */
export const hasRelated = (ledger: LedgerSpec): boolean =>
  ledgers.some(({ fields }) =>
    Object.values(fields).some(({ kind, ref }) => kind === 'ref' && ref === ledger.name),
  );

/** A new record of each register whose records are parts of this one, with the reference filled: from anywhere in the form. */
export function newParts(session: SessionInfo | null, whole: LedgerSpec, id: string | null): Action[] {
  if (id === null || session === null) return [];
  return ledgers.flatMap((ledger) => {
    const { partOf, name, noun, fields } = ledger;
    const whose = fields[partOf ?? ''];
    // Where the reference is filled later, such a record does not begin here (an evaluation comes before the person)
    if (partOf === undefined || !whose?.required || whose.ref !== whole.name || !mayChange(session, ledger))
      return [];
    const open = () =>
      openRecord(name, null, null, { from: 'related', content: beginsWith(ledger, partOf, id) });
    return [{ id: `record.new.${name}`, label: actionText.newPart(noun), isEnabled: true, run: open }];
  });
}

/** What points at the record, a register after the other; each opens, and a new one begins with the field filled. */
export function RelatedTab({ id }: { id: string }) {
  const { value, failure } = useQuery('ledger.related', { id });
  if (failure) return <Alert role="alert" type="error" showIcon title={errorText(failure)} />;
  if (!value) return <Spin className="centre" />;
  return (
    <div className="record-body">
      {value.map((one) => (
        <Group key={`${one.ledger}.${one.field}`} related={one} id={id} />
      ))}
    </div>
  );
}

/** What the register says beside a title, in words. */
function besideText(
  { fields, beside = [] }: LedgerSpec,
  values: Record<string, Scalar>,
  codes: Codes,
): string {
  const words = beside.flatMap((name) => {
    const [spec, value] = [fields[name], values[name]];
    if (!spec || isEmpty(value)) return [];
    if (spec.kind === 'code') return shownCode(codes, spec.codes ?? '', String(value));
    return typedFromValue(spec, value);
  });
  return words.join(commonText.gap);
}

/** The reference, and what must be so for it to apply. */
function beginsWith({ fields }: LedgerSpec, field: string, id: string): FormContent {
  const { when } = fields[field] ?? {};
  return { [field]: id, ...(when?.in[0] === undefined ? {} : { [when.field]: when.in[0] }) };
}

type Props = { related: Related; id: string };

function Group({ related, id }: Props) {
  const { field, rows, total, capped } = related;
  const codes = useCodes();
  const ledger = ledgers.find(({ name }) => name === related.ledger) ?? null;
  const canWrite = useMayChange(ledger);
  if (!ledger) return null;
  const title = relatedText.group(ledger.noun, ledger.fields[field]?.label ?? '');
  return (
    <section className="section" aria-label={title}>
      <h2 className="section-title related-title">
        {title}
        <span className="quiet">{relatedText.total(total, capped)}</span>
        {total > rows.length && (
          <Button type="link" size="small" onClick={() => openList(ledger.name, { [field]: [id] })}>
            {relatedText.all}
          </Button>
        )}
        <span className="stretch" />
        {canWrite && (
          <Button
            size="small"
            onClick={() =>
              openRecord(ledger.name, null, null, { from: 'related', content: beginsWith(ledger, field, id) })
            }
          >
            {actionText.newRecord(ledger.noun)}
          </Button>
        )}
      </h2>
      {rows.length === 0 ? (
        <p className="quiet">{relatedText.none(ledger.noun)}</p>
      ) : (
        <table className="table">
          <tbody>
            {rows.map((row) => {
              const state = ledger.workflow.states[row.state];
              return (
                <tr key={row.id}>
                  <td className="nowrap related-day">{row.day}</td>
                  <td>
                    <button type="button" className="link" onClick={() => openRecord(ledger.name, row.id)}>
                      {row.title || relatedText.untitled}
                    </button>
                  </td>
                  {ledger.beside && (
                    <td className="related-beside">{besideText(ledger, row.beside, codes)}</td>
                  )}
                  <td className="nowrap quiet">{row.number}</td>
                  <td className="nowrap related-state">
                    <Tag color={state?.tone ?? 'default'}>{state?.label ?? row.state}</Tag>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
