import { code, division, ref } from './code.ts';
import { day } from './day.ts';
import { credit, identity, phone } from './identity.ts';
import type { Kind, KindName } from './kind.ts';
import { count, flag, money } from './number.ts';
import { note, text } from './text.ts';

const kinds: { readonly [K in KindName]: Kind<never> } = {
  text,
  note,
  day,
  code,
  count,
  money,
  flag,
  identity,
  credit,
  phone,
  ref,
  division,
} as never;

export function kindOf(name: KindName): Kind<unknown> {
  return kinds[name] as Kind<unknown>;
}
