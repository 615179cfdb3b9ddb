import type { Codes } from '#renderer/state/codes.ts';
import type { FormContent } from '#renderer/state/record-content.ts';
import type { Scalar } from '#shared/api/types.ts';
import type { Day } from '#shared/domain/day.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';

export type InputProps = {
  id: string;
  path: string;
  spec: FieldSpec;
  value: Scalar | undefined;
  /** The record that the field belongs to, as far as it is typed. */
  record: FormContent;
  /** The day whose code editions are offered. */
  on: Day;
  today: Day;
  codes: Codes;
  isInvalid: boolean;
  isReadOnly: boolean;
  onPut(value: Scalar): void;
  /** The full name of what was chosen, for the field beside it. */
  onPicked?(name: string): void;
  onLeave(): void;
};

/** What the input of every kind hands on as it stands. */
export function handedOn({ id, path, spec, isInvalid, isReadOnly, onLeave }: InputProps) {
  return {
    id,
    path,
    isInvalid,
    isReadOnly,
    isRequired: spec.required === true,
    describedBy: `${id}-note`,
    onLeave,
  };
}
