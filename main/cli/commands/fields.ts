import { ledgers } from '#shared/ledgers/all.ts';
import { optionalFieldsOf } from '#shared/ledgers/optional.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { textOf } from '../arguments.ts';
import type { Run } from '../command.ts';

/** The optional fields of every register, and which of them the unit turned on. */
export const fields: Run = async ({ signIn }) => {
  const ledger = await signIn();
  const on = await ledger.call('fields.on', {});
  const found = ledgers.flatMap((spec) =>
    optionalFieldsOf(spec).map((field) => ({
      ledger: spec.name,
      field,
      label: spec.fields[field]?.label ?? field,
      isOn: on[spec.name]?.includes(field) === true,
    })),
  );
  const lines = found.map((one) => [one.ledger, one.field, one.label, say.turned(one.isOn)].join('\t'));
  return { json: { fields: found }, text: lines.join('\n') };
};

export const turn: Run = async ({ options, signIn }) => {
  const [name, field, isOn] = [textOf(options, 'ledger'), textOf(options, 'field'), options.off !== true];
  const ledger = await signIn();
  const on = await ledger.call('fields.turn', { ledger: name, field, isOn });
  const label = ledgers.find((spec) => spec.name === name)?.fields[field]?.label ?? field;
  return { json: { fieldsOn: on }, text: `${label}\t${say.turned(isOn)}` };
};
