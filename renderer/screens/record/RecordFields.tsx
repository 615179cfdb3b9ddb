import type { FormState } from '#renderer/state/form-state.ts';
import { isOffered, isOfLaterStep } from '#renderer/state/record-fields.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import type { FieldProblems } from '#shared/api/errors.ts';
import { commonText } from '#shared/text/window.ts';
import { ChildRows } from './ChildRows.tsx';
import { Fields } from './Fields.tsx';
import { PaperNumber } from './PaperNumber.tsx';

type Props = { form: RecordForm; state: FormState; problems: FieldProblems };

/** The sections of a record in the order of its description; children stand in the section of their name. */
export function RecordFields({ form, state, problems }: Props) {
  const { ledger } = state;
  const unplaced = Object.entries(ledger.children)
    .filter(([name, child]) => !child.isBeside && !(name in ledger.sections))
    .map(([name]) => name);
  return (
    <>
      <PaperNumber form={form} state={state} problems={problems} />
      {blocksOf(state, problems).map(({ section, titles, names }) => {
        const hasChildren = section in ledger.children;
        const title = titles.join(commonText.comma);
        return (
          <section key={section} className="section" aria-label={title}>
            {!state.isBrief && <h2 className="section-title">{title}</h2>}
            {hasChildren && <ChildRows form={form} state={state} problems={problems} name={section} />}
            <div className="fields">
              <Fields
                form={form}
                state={state}
                problems={problems}
                fields={ledger.fields}
                names={names}
                content={state.content}
                prefix=""
              />
            </div>
          </section>
        );
      })}
      {unplaced.map((name) => (
        <section key={name} className="section" aria-label={ledger.children[name]?.title}>
          <h2 className="section-title">{ledger.children[name]?.title}</h2>
          <ChildRows form={form} state={state} problems={problems} name={name} />
        </section>
      ))}
    </>
  );
}

type Block = { section: string; titles: string[]; names: string[] };

/**
 * What stands together under one heading. The short form has none: sections that follow one another share their rows,
 * so that a simple record fits on one screen.
 */
function blocksOf(state: FormState, problems: FieldProblems): Block[] {
  const { ledger } = state;
  const blocks: Block[] = [];
  for (const [section, title] of Object.entries(ledger.sections)) {
    const names = Object.entries(ledger.fields)
      .filter(([name, spec]) => spec.section === section && !spec.system && !isOfLaterStep(state, name))
      .filter(([name, spec]) => isOffered(state, problems, name, spec, state.content[name]))
      .map(([name]) => name);
    const hasChildren = section in ledger.children;
    if (names.length === 0 && !hasChildren) continue;
    const before = blocks.at(-1);
    if (state.isBrief && before && !hasChildren && !(before.section in ledger.children)) {
      before.titles.push(title);
      before.names.push(...names);
    } else blocks.push({ section, titles: [title], names });
  }
  return blocks;
}
