import { bad, good, type Kind } from './kind.ts';

/** A code of a published list; its meaning never changes, a new edition is a new list. */
export const code: Kind<string> = {
  name: 'code',
  sqlType: 'TEXT',
  check(value, spec, context) {
    if (typeof value !== 'string') return bad({ problem: 'wrong-type' });
    if (!context.hasCode(spec.codes ?? '', value)) return bad({ problem: 'unknown-code', code: value });
    return good(value);
  },
  fromText: (typed) => good(typed.trim()),
  toText: (value, spec, context) => context.labelOf(spec.codes ?? '', value) ?? value,
};

/** A record of another ledger, by its id. */
export const ref: Kind<string> = {
  name: 'ref',
  sqlType: 'TEXT',
  check(value, spec, context) {
    if (typeof value !== 'string') return bad({ problem: 'wrong-type' });
    return context.hasRecord(spec.ref ?? '', value) ? good(value) : bad({ problem: 'unknown-record' });
  },
  fromText: (typed) => good(typed.trim()),
  toText: (value, spec, context) => context.titleOf(spec.ref ?? '', value) ?? value,
};

/** An administrative division by its statistical code of 2, 4, 6, 9 or 12 digits. */
export const division: Kind<string> = {
  name: 'division',
  sqlType: 'TEXT',
  check(value) {
    if (typeof value !== 'string') return bad({ problem: 'wrong-type' });
    return /^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$/.test(value)
      ? good(value)
      : bad({ problem: 'unknown-code', code: value });
  },
  fromText: (typed) => good(typed.trim()),
  toText: (value, _spec, context) => context.areaOf(value) ?? value,
};
