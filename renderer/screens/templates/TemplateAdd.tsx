import { Button } from 'antd';
import { useState } from 'react';
import { Combobox, fitting } from '#renderer/components/Combobox.tsx';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useReadings } from '#renderer/state/pinyin.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { ownTemplateText as say } from '#shared/text/own-templates.ts';

/** No kind of paper has this name. */
export const newKind = 'new';

type Props = {
  attempt: Attempt;
  kind: string | null;
  onKind(kind: string | null): void;
};

/** For which paper, or for a new one of which name; then the file. */
export function TemplateAdd({ attempt, kind, onKind: setKind }: Props) {
  const kinds = useQuery('paper.kinds', {});
  const [typed, setTyped] = useState('');
  const [title, setTitle] = useKept('template title', '');
  const reading = useReadings();
  const options = [
    ...(kinds.value ?? [])
      .filter(({ mayHaveOwn }) => mayHaveOwn)
      .map((one) => ({ value: one.kind, label: one.title })),
    { value: newKind, label: say.newKind },
  ].map((one, index) => ({ ...one, note: String(index + 1), search: reading(one.label) }));
  const isNew = kind === newKind;
  const isReady = kind !== null && (!isNew || title.trim() !== '');

  const add = () =>
    attempt.attempt(async () => {
      const file = await shell('shell.chooseFile', {
        title: say.addTitle,
        extensions: ['docx', 'docm', 'doc'],
      });
      if (!file || kind === null) return '';
      const use = isNew ? { title: title.trim() } : { kind };
      const added = await call('template.add', { file: file.grant, ...use });
      setKind(null);
      setTyped('');
      setTitle('');
      return say.added(added.title, added.version, added.places.length);
    });

  return (
    <section className="section" aria-label={say.add}>
      <h2 className="section-title">{say.add}</h2>
      <div className="numbering-line" data-form>
        <Field id="template-kind" label={say.use} hint={say.useHint}>
          <Combobox
            id="template-kind"
            value={kind}
            shown={options.find(({ value }) => value === kind)?.label ?? ''}
            options={fitting(options, typed)}
            onType={setTyped}
            onChoose={setKind}
            describedBy="template-kind-note"
          />
        </Field>
        {isNew && (
          <Field id="template-title" label={say.newTitle} hint={say.newTitleHint}>
            <TypedInput
              id="template-title"
              shown={title}
              onType={setTitle}
              isInvalid={false}
              describedBy="template-title-note"
            />
          </Field>
        )}
        <Button
          data-enter-stop
          size="small"
          type="primary"
          disabled={!isReady}
          loading={attempt.isBusy}
          onClick={() => void add()}
        >
          {say.choose}
        </Button>
      </div>
    </section>
  );
}
