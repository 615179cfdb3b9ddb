import type { FieldSpec } from '#shared/kinds/kind.ts';

/** A log knows no days to come. */
export const past: FieldSpec = { kind: 'day', label: '', notFuture: true };
