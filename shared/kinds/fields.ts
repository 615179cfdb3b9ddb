import type { Day } from '#shared/domain/day.ts';
import type { FieldSpec, KindName } from './kind.ts';

type Options = Omit<FieldSpec, 'kind'>;

function maker<K extends KindName>(kind: K) {
  return <const O extends Options>(options: O): O & { readonly kind: K } => ({ ...options, kind });
}

export const text = maker('text');
export const note = maker('note');
export const day = maker('day');
export const count = maker('count');
export const money = maker('money');
export const flag = maker('flag');
export const identity = maker('identity');
export const credit = maker('credit');
export const phone = maker('phone');
export const division = maker('division');
export const code = <const O extends Options & { codes: string }>(
  options: O,
): O & { readonly kind: 'code' } => ({
  ...options,
  kind: 'code',
});
export const ref = <const O extends Options & { ref: string }>(options: O): O & { readonly kind: 'ref' } => ({
  ...options,
  kind: 'ref',
});

type Values = {
  text: string;
  note: string;
  day: Day;
  code: string;
  count: number;
  money: number;
  flag: boolean;
  identity: string;
  credit: string;
  phone: string;
  ref: string;
  division: string;
};

export type ValueOf<F extends FieldSpec> = Values[F['kind']];

type RequiredNames<F extends Readonly<Record<string, FieldSpec>>> = {
  [N in keyof F]: F[N]['required'] extends true ? N : never;
}[keyof F];

/** The content of a record (or of one child row) as its fields describe it. */
export type ContentOf<F extends Readonly<Record<string, FieldSpec>>> = {
  [N in RequiredNames<F>]: ValueOf<F[N]>;
} & { [N in Exclude<keyof F, RequiredNames<F>>]?: ValueOf<F[N]> | null };
