import type { NameReader } from '#core/ledgers/name-reader.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';
import type { PersonInRecord } from '#shared/api/persons.ts';
import { foldForSearch } from '#shared/domain/search-text.ts';
import { lookedUpBy, type PersonValues, personsOf } from '#shared/ledgers/persons.ts';
import type { PersonContext } from './find.ts';
import { identityOf } from './identity.ts';
import { isLatin } from './keys.ts';

/** Who stands in a record, once each: those first of whom `text` says something, then as they stand. */
export function personsIn(
  context: PersonContext,
  record: StoredRecord,
  text: string | null,
): PersonInRecord[] {
  if (!context.unitCodeOf(record.unitId).startsWith(context.unitCode)) return [];
  const words = foldForSearch(text ?? '')
    .split(/[\p{P}\p{S}\p{Z}]+/u)
    .filter(Boolean);
  const known = new Map<string, PersonInRecord & { isMeant: boolean }>();
  for (const { spec, values } of personsOf(record.ledger, record.content)) {
    const key = identityOf(values, record.id);
    const isMeant = words.some((word) => isSaidOf(values, word, context.reader));
    const before = known.get(key);
    if (before) before.isMeant ||= isMeant;
    else known.set(key, { key, name: values.name ?? '', as: spec.as, isMeant });
  }
  return [...known.values()]
    .sort((one, other) => Number(other.isMeant) - Number(one.isMeant))
    .map(({ key, name, as }) => ({ key, name, as }));
}

function isSaidOf(values: PersonValues, word: string, reader: NameReader): boolean {
  if (lookedUpBy.some((role) => foldForSearch(values[role] ?? '').includes(word))) return true;
  if (!isLatin(word)) return false;
  return [values.name, values.formerName].some((name) => {
    if (name === undefined) return false;
    const { initials, sounds } = reader.heard(name);
    return initials.includes(word) || sounds.some(({ sound }) => sound.replaceAll(' ', '').includes(word));
  });
}
