import { Modal } from 'antd';
import { useState } from 'react';
import type { Codes } from '#renderer/state/codes.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import { differences, type FormContent, type FormRow } from '#renderer/state/record-content.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import type { Whole } from '#shared/api/types.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import { waiversName } from '#shared/ledgers/waivers.ts';
import { waiveText } from '#shared/text/entry.ts';
import { errorText } from '#shared/text/errors.ts';
import { labelOfPath } from '#shared/text/problems.ts';
import { conflictText } from '#shared/text/records.ts';
import { commonText } from '#shared/text/window.ts';

/** Both values of every field that two people changed; the clerk chooses field by field. */
export function ConflictPanel({
  form,
  state,
  theirs,
}: {
  form: RecordForm;
  state: FormState;
  theirs: Whole;
}) {
  const { ledger, content, failure, codes } = state;
  const found = differences(ledger, content, theirs.record);
  const [chosen, setChosen] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({});
  const apply = () => {
    const merged: FormContent = { ...(theirs.record as FormContent) };
    for (const { name, mine } of found) {
      if (chosen[name] === 'theirs') continue;
      merged[name] = mine;
    }
    void form.resolve(merged);
  };
  return (
    <Modal
      open
      width={900}
      title={conflictText.title}
      okText={conflictText.apply}
      cancelText={commonText.cancel}
      onOk={apply}
      onCancel={form.keepEditing}
    >
      {failure && <p>{errorText(failure)}</p>}
      <p>{found.length === 0 ? conflictText.same : conflictText.intro}</p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{conflictText.field}</th>
            <th scope="col">{conflictText.mine}</th>
            <th scope="col">{conflictText.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {found.map(({ name, mine, theirs: other }) => (
            <tr key={name}>
              <th scope="row">{labelOfPath(ledger, name)}</th>
              {(['mine', 'theirs'] as const).map((side) => (
                <td key={side}>
                  <label className="choice">
                    <input
                      type="radio"
                      name={`keep-${name}`}
                      checked={(chosen[name] ?? 'mine') === side}
                      onChange={() => setChosen({ ...chosen, [name]: side })}
                      aria-label={side === 'mine' ? conflictText.keepMine : conflictText.keepTheirs}
                    />
                    <span>
                      {shownValue(
                        ledger.fields,
                        name,
                        side === 'mine' ? mine : other,
                        codes,
                        childFields(state, name),
                      )}
                    </span>
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}

const childFields = (state: FormState, name: string): FieldSpecs => state.ledger.children[name]?.fields ?? {};

function shownValue(
  fields: FieldSpecs,
  name: string,
  value: FormContent[string] | undefined,
  codes: Codes,
  child: FieldSpecs,
): string {
  if (value === undefined || value === null || value === '') return conflictText.empty;
  if (Array.isArray(value) && name === waiversName) {
    const rows = value.map(({ field, reason }) =>
      waiveText.line(fields[String(field)]?.label ?? String(field), String(reason)),
    );
    return rows.length === 0 ? conflictText.empty : rows.join(commonText.semicolon);
  }
  if (Array.isArray(value)) {
    const rows = value.map((row: FormRow) =>
      Object.keys(child)
        .filter((field) => row[field] !== undefined && row[field] !== null)
        .map((field) => shownValue(child, field, row[field], codes, {}))
        .join(' '),
    );
    return rows.length === 0 ? conflictText.empty : rows.join(commonText.semicolon);
  }
  const spec = fields[name];
  if (!spec) return String(value);
  const label = (list: string, code: string) => codes.label(list, code);
  return kindOf(spec.kind).toText(value, spec, { labelOf: label, titleOf: () => null, areaOf: () => null });
}
