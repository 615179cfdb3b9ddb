import { Button } from 'antd';
import { useId, useState } from 'react';
import { Combobox, fitting } from '#renderer/components/Combobox.tsx';
import { focusBeside } from '#renderer/components/focus.ts';
import { onKeys } from '#renderer/components/ime.ts';
import { call, failureFrom, shell } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import type { Codes } from '#renderer/state/codes.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useReadings } from '#renderer/state/pinyin.ts';
import type { FileGrant } from '#shared/api/envelope.ts';
import type { Failure } from '#shared/api/errors.ts';
import { extensionOf } from '#shared/domain/media-type.ts';
import { attachmentText as say } from '#shared/text/attachments.ts';

type Props = { recordId: string; codes: Codes; onDone(text: string | null, failures: Failure[]): void };

const extensions = [...Object.values(extensionOf), 'jpeg'];

/** Of what kind, under which title, and the files themselves; those that are refused keep none of the others out. */
export function AttachmentAdd({ recordId, codes, onDone }: Props) {
  const ids = useId();
  const [kind, setKind] = useKept(`attachments ${recordId} kind`, 'evidence');
  const [typed, setTyped] = useState('');
  const [title, setTitle] = useKept(`attachments ${recordId} title`, '');
  const [adding, setAdding] = useState<string | null>(null);
  const reading = useReadings();
  const options = codes.items('attachmentKind', today()).map(({ code, label }, index) => ({
    value: code,
    label,
    note: String(index + 1),
    search: reading(label),
  }));

  const add = async () => {
    const chosen = await shell('shell.chooseFiles', { title: say.choose, extensions });
    if (chosen.length === 0) return;
    onDone(null, []);
    const failures: Failure[] = [];
    for (const [index, file] of chosen.entries()) {
      setAdding(file.name);
      try {
        await call('attachment.add', { recordId, file: file.grant, kind, ...titleOf(title, index, chosen) });
      } catch (caught) {
        failures.push(failureFrom(caught));
      }
    }
    setAdding(null);
    const count = chosen.length - failures.length;
    if (count > 0) setTitle('');
    onDone(count > 0 ? say.addedCount(count) : null, failures);
  };

  return (
    <div className="attachment-add" data-form>
      <div className="attachment-kind">
        <label htmlFor={`${ids}-kind`}>{say.kind}</label>
        <Combobox
          id={`${ids}-kind`}
          value={kind}
          shown={codes.label('attachmentKind', kind) ?? ''}
          options={fitting(options, typed)}
          onType={setTyped}
          onChoose={(code) => code && setKind(code)}
        />
      </div>
      <div className="attachment-title">
        <label htmlFor={`${ids}-title`}>{say.name}</label>
        <input
          id={`${ids}-title`}
          className="field-input"
          maxLength={60}
          placeholder={say.nameHint}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          onKeyDown={onKeys((event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            focusBeside(event.currentTarget, event.shiftKey ? -1 : 1);
          })}
        />
      </div>
      <Button data-enter-stop type="primary" loading={adding !== null} onClick={() => void add()}>
        {say.add}
      </Button>
      <p className="quiet">{adding === null ? say.formats : say.adding(adding)}</p>
    </div>
  );
}

/** Several files under one title are told apart by their number; without one each has its file's name. */
function titleOf(title: string, index: number, chosen: readonly FileGrant[]): { title?: string } {
  const given = title.trim();
  if (given === '') return {};
  return { title: chosen.length === 1 ? given : `${given} ${index + 1}` };
}
