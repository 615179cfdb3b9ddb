import { Alert, Modal } from 'antd';
import { useState } from 'react';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import { call, failureFrom } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { refresh } from '#renderer/state/queries.ts';
import type { MappingShown } from '#shared/api/mapping-types.ts';
import type { MappingTarget } from '#shared/domain/code-mapping.ts';
import { errorText } from '#shared/text/errors.ts';
import { mappingText } from '#shared/text/mappings.ts';
import { commonText } from '#shared/text/window.ts';

type Props = { shown: MappingShown; rows: readonly number[]; onClose(saved: boolean): void };

/** Says of one row what it leads to here, or of several that they are right as they stand; with the reason. */
export function MappingDialog({ shown, rows, onClose }: Props) {
  const only = rows.length === 1 ? shown.rows[rows[0] ?? 0] : undefined;
  const [code, setCode] = useKept('mapping code', only && 'code' in only.target ? only.target.code : '');
  const [why, setWhy] = useKept('mapping why', only && 'unmapped' in only.target ? only.target.unmapped : '');
  const [basis, setBasis] = useKept('mapping basis', '');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const save = async () => {
    if (only && code === '' && why.trim() === '') return setProblem(mappingText.noWhy);
    if (basis.trim() === '') return setProblem(mappingText.noBasis);
    setBusy(true);
    setProblem(null);
    const typed: MappingTarget = code === '' ? { unmapped: why.trim() } : { code };
    const targets = rows.flatMap((row) => {
      const target = only ? typed : shown.rows[row]?.target;
      return target ? [{ row, target }] : [];
    });
    try {
      await call('mapping.decide', { mapping: shown.mapping, basis, rows: targets });
      refresh();
      onClose(true);
    } catch (caught) {
      setProblem(errorText(failureFrom(caught)));
      setBusy(false);
    }
  };

  return (
    <Modal
      open
      title={only ? mappingText.decideRow(only.when) : mappingText.decideAllOf(shown.title, rows.length)}
      okText={mappingText.save}
      cancelText={commonText.cancel}
      okButtonProps={{ loading: isBusy }}
      onOk={() => void save()}
      onCancel={() => onClose(false)}
      closable={{ 'aria-label': commonText.close }}
    >
      {problem && <Alert role="alert" type="error" showIcon title={problem} />}
      <div className="rule-form" data-form>
        {only && (
          <div className="rule-line">
            <label htmlFor="mapping-target">{mappingText.target}</label>
            <select
              id="mapping-target"
              className="field-input"
              value={code}
              onChange={({ target }) => setCode(target.value)}
            >
              {shown.items.map((item) => (
                <option key={item.code} value={item.code}>
                  {mappingText.coded(item.code, item.label)}
                </option>
              ))}
              <option value="">{mappingText.none}</option>
            </select>
          </div>
        )}
        {only && code === '' && (
          <div className="rule-line">
            <label htmlFor="mapping-why">{mappingText.why}</label>
            <TypedInput id="mapping-why" shown={why} onType={setWhy} />
          </div>
        )}
        <div className="rule-line">
          <label htmlFor="mapping-basis">{mappingText.basis}</label>
          <TypedInput
            id="mapping-basis"
            shown={basis}
            onType={setBasis}
            placeholder={mappingText.basisHint}
          />
        </div>
        {!only && <p className="quiet">{mappingText.allNote}</p>}
      </div>
    </Modal>
  );
}
