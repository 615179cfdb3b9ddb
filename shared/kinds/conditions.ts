import type { FieldSpec } from './kind.ts';

type Content = Readonly<Record<string, unknown>>;

/** Whether a field applies to this content (`when`). */
export function applies(spec: FieldSpec, content: Content): boolean {
  return !spec.when || spec.when.in.includes(String(content[spec.when.field] ?? ''));
}

/** Nothing, or nothing but blanks. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
