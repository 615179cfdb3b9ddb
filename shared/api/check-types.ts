import type { FieldProblems } from './errors.ts';
import type { Scalar } from './types.ts';

/** `derived`: what is worked out of the record and of others, null where nothing is; without what a mask would hide. */
export type Checked = {
  problems: FieldProblems;
  warnings: FieldProblems;
  derived: Readonly<Record<string, Scalar>>;
};
