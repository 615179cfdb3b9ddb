import type { ReactNode } from 'react';
import { Field } from '#renderer/components/Field.tsx';
import type { FormState } from '#renderer/state/form-state.ts';
import { useMayChange } from '#renderer/state/reach.ts';
import {
  dayOfContent,
  type FormContent,
  type FormRow,
  isFromIdentity,
} from '#renderer/state/record-content.ts';
import {
  isStanding,
  mayChange,
  shownProblem,
  shownWarning,
  waiverProblem,
  withDerived,
} from '#renderer/state/record-fields.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import type { FieldProblem, FieldProblems } from '#shared/api/errors.ts';
import type { Scalar } from '#shared/api/types.ts';
import { applies, isEmpty } from '#shared/kinds/conditions.ts';
import type { FieldSpec, FieldSpecs } from '#shared/kinds/kind.ts';
import { askedFor } from '#shared/ledgers/check.ts';
import { waiverOf } from '#shared/ledgers/waivers.ts';
import { problemText } from '#shared/text/problems.ts';
import { formText } from '#shared/text/records.ts';
import { FieldInput } from './FieldInput.tsx';
import { FieldTools } from './FieldTools.tsx';
import { columns, flow, roomAfter, unitsOf } from './field-width.ts';
import { ProposalHint, useProposal } from './Proposal.tsx';
import { WaivedInput } from './WaivedInput.tsx';

type Props = {
  form: RecordForm;
  state: FormState;
  problems: FieldProblems;
  fields: FieldSpecs;
  names: readonly string[];
  content: FormContent | FormRow;
  /** 'parties.0.' for a child row, '' for the record itself. */
  prefix: string;
  /** What follows the last field, in the columns that its row has left or in a row of its own. */
  beside?(units: number): ReactNode;
};

/** The fields of a section or of a child row that apply to its content. */
export function Fields({ form, state, problems, fields, names, content: typed, prefix, beside }: Props) {
  const content = prefix === '' ? withDerived(state) : typed;
  const canWrite = useMayChange(state.ledger);
  const on = dayOfContent(state.ledger, state.content, state.today);
  const proposal = useProposal(state);
  const isOwn = prefix === '';
  const shown = names.flatMap((name) => {
    const spec = fields[name];
    const isAsked = spec && applies(spec, content) && (!isOwn || askedFor(name, spec, content) === name);
    return isAsked && !isIdleReason(fields, name, content, problems, prefix) ? [{ name, spec }] : [];
  });
  const waiver = (name: string, spec: FieldSpec) => (isOwn && spec.mayWaive ? waiverOf(content, name) : null);
  const units = flow(
    shown.map(({ name, spec }) =>
      waiver(name, spec) === null ? unitsOf(spec, state.codes, on) : columns / 2,
    ),
  );
  const drawn = shown.map(({ name, spec }, index) => {
    const path = prefix + name;
    const id = `field-${path.replaceAll('.', '-')}`;
    const value = content[name] as Scalar | undefined;
    const problem = shownProblem(state, problems, path) ?? waiverProblem(state, problems, path);
    const text = (found: FieldProblem) =>
      problemText(found, spec.label, (other) => fields[other]?.label ?? other);
    const warning = state.warnings[path] ?? shownWarning(state, path);
    const reason = waiver(name, spec);
    const isFixed = !mayChange(state, canWrite, path);
    const hintOf = ({ hint: text, hintWhen }: FieldSpec) => {
      const hint =
        hintWhen && !hintWhen.in.includes(String(content[hintWhen.field] ?? '')) ? undefined : text;
      if (proposal?.path === path) return <ProposalHint form={form} proposal={proposal} isFixed={isFixed} />;
      // Help for an empty field, where every line counts
      return state.isBrief && !isEmpty(value) ? undefined : hint;
    };
    const isSaid =
      spec.kind === 'identity' &&
      state.isBrief &&
      isFromIdentity(fields, content as FormRow, 'sex', state.today);
    const aside =
      spec.kind === 'money' ? formText.amountHint : isSaid ? formText.filledFromIdentity : undefined;
    const address = spec.kind === 'division' && fields.address ? `${prefix}address` : null;
    const input = {
      id,
      path,
      spec,
      value,
      record: state.content,
      on,
      today: state.today,
      codes: state.codes,
      isInvalid: problem !== null,
      isReadOnly: isFixed,
      onPut: (next: Scalar) => form.put(path, next),
      onLeave: () => form.touch(path),
      ...(address && isEmpty(content.address)
        ? { onPicked: (picked: string) => form.put(address, picked) }
        : {}),
    };
    return (
      <Field
        key={name}
        id={id}
        label={spec.label}
        isRequired={spec.required || (isOwn && isStanding(state, name))}
        tools={
          <FieldTools
            form={form}
            state={state}
            path={path}
            label={spec.label}
            mayPin={state.id === null && canWrite}
            mayWaive={isOwn && spec.mayWaive === true && reason === null && isEmpty(value) && !isFixed}
          />
        }
        isWide={spec.kind === 'note'}
        units={units[index]}
        hint={hintOf(spec)}
        aside={aside}
        problem={problem ? text(problem) : null}
        warning={warning ? text(warning) : null}
      >
        {reason === null ? (
          <FieldInput {...input} />
        ) : (
          <WaivedInput
            {...input}
            reason={reason}
            onReason={(next) => form.waive(name, next)}
            onTakeBack={() => form.toggleWaiver(name)}
          />
        )}
      </Field>
    );
  });
  return (
    <>
      {drawn}
      {beside?.(roomAfter(units))}
    </>
  );
}

/** The reason for keeping a doubtful value is asked only once there is one. */
function isIdleReason(
  fields: FieldSpecs,
  name: string,
  content: FormContent | FormRow,
  problems: FieldProblems,
  prefix: string,
): boolean {
  const doubted = Object.entries(fields).filter(([, { reasonIn }]) => reasonIn === name);
  return (
    doubted.length > 0 &&
    isEmpty(content[name]) &&
    doubted.every(([field]) => problems[prefix + field] === undefined)
  );
}
