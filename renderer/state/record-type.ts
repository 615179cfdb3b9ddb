import type { FieldProblems } from '#shared/api/errors.ts';
import type { Scalar } from '#shared/api/types.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import { waiverOf, waiversName, withoutWaiver, withWaiver } from '#shared/ledgers/waivers.ts';
import type { Ground } from './record-ground.ts';
import { rowActions } from './record-rows.ts';
import { putting } from './record-taken.ts';

/** What the clerk does in the fields. */
export function typeActions({ get, set, drafts, change }: Ground) {
  const without = (problems: FieldProblems, path: string) => {
    const { [path]: _gone, ...rest } = problems;
    return rest;
  };

  /** Sets a field; `path` is `field` or `children.0.field`. */
  const put = (path: string, value: Scalar): void => {
    const { found, pending } = get();
    // Whoever changes what a step would set has thought of something else.
    if (pending?.sets && path in pending.sets) set({ pending: null, missing: null });
    const { content, byHand } = putting(get(), path, value);
    change(content, { byHand, found: without(found, path) });
  };

  /** Declares a field 不适用, with the reason as far as it is typed; null takes it back. */
  const waive = (field: string, reason: string | null): void => {
    const { content, found } = get();
    const rows = reason === null ? withoutWaiver(content, field) : withWaiver(content, field, reason);
    change({ ...content, [waiversName]: rows }, { found: without(found, field) });
  };

  /** Declares an empty field 不适用, or takes it back. */
  const toggleWaiver = (field: string): void => {
    const { content } = get();
    if (waiverOf(content, field) !== null) {
      waive(field, null);
      set({ focusAt: { path: field } });
    } else if (isEmpty(content[field])) waive(field, '');
  };

  const touch = (path: string): void => {
    drafts.now();
    set(({ touched }) => ({ left: { path }, touched: new Set([...touched, path]) }));
  };

  return { put, waive, toggleWaiver, touch, ...rowActions(get, change) };
}
