import type { FieldSpec } from '#shared/kinds/kind.ts';

/** The day of something that was done: none to come. */
export const past: FieldSpec = { kind: 'day', label: '', notFuture: true };
