import type { PersonMatch, PersonMatches, PersonSign } from '#shared/api/persons.ts';
import { maskIdentityNumber, maskPhone } from '#shared/domain/masking.ts';
import type { PersonValues } from '#shared/ledgers/persons.ts';
import { clusterOf, refusedFor } from './decisions.ts';
import {
  at,
  countRecords,
  type Look,
  lookFrom,
  matterOf,
  newestValues,
  type PersonContext,
  personOf,
  placesOf,
} from './find.ts';
import { identityOf, isIdentified } from './identity.ts';
import { wantedKeys } from './keys.ts';
import { type Likeness, leastScore, likeness, typedOf } from './likeness.ts';
import type { Found } from './places.ts';

/** Shown at most; more is no help to somebody who types. */
const mostShown = 5;
/** Places looked up for a key, and rows read and compared. Of many namesakes the newest. */
const mostPlaces = 3000;
const mostCompared = 160;
/** A weak likeness that more persons than this have in common says nothing. */
const mostAlike = 8;
const weak: readonly PersonSign[] = ['sound', 'nearSound', 'oneCharacter'];

/** Rows that are read to say of how many records somebody is; a bank is a party to thousands. */
const mostCounted = 100;

type Candidate = Likeness & { found: Found; keys: string[] };

/** Persons of the index who may be the one who was typed, the likeliest first. `except` is the record on screen. */
export function matchPerson(
  context: PersonContext,
  values: PersonValues,
  except: string | null,
): PersonMatches {
  const look = lookFrom(context);
  const own = identityOf(values, '');
  const ownKeys = isIdentified(own) ? clusterOf(look.db, own) : [];
  const found = candidates(look, values, except, refusedFor(look.db, ownKeys));
  const isSame = ({ keys }: Candidate) => ownKeys.length > 0 && keys.includes(own);
  const same = found.find(isSame) ?? null;
  const others = shown(
    found.filter((one) => !isSame(one)),
    same?.score ?? 0,
  );
  return {
    matches: others.map((one) => describe(look, one, except)),
    same: same && describe(look, same, except),
  };
}

/** Persons like those of a card who are not that person already and of whom nobody said that they are not. */
export function likelyFor(
  context: PersonContext,
  values: PersonValues,
  keys: readonly string[],
): PersonMatch[] {
  const look = lookFrom(context);
  const found = candidates(look, values, null, refusedFor(look.db, keys));
  return shown(
    found.filter((one) => !one.keys.some((key) => keys.includes(key))),
    0,
  ).map((one) => describe(look, one, null));
}

/** The best row of each person that is like enough, best first. */
function candidates(
  look: Look,
  values: PersonValues,
  except: string | null,
  refused: ReadonlySet<string>,
): Candidate[] {
  const weights = new Map<number, number>();
  for (const { key, weight } of wantedKeys(values, look.reader)) {
    for (const place of placesOf(look.db, key, mostPlaces))
      weights.set(place, (weights.get(place) ?? 0) + weight);
  }
  const places = [...weights].sort(([one, worth], [other, otherWorth]) => otherWorth - worth || other - one);
  const typed = typedOf(values, look.reader);
  const best = new Map<string, Candidate>();
  const clusters = new Map<string, string[]>();
  for (const [place] of places.slice(0, mostCompared)) {
    const found = at(look, place);
    if (!found || found.recordId === except) continue;
    const like = likeness(typed, found.values, look.reader);
    if (like.score < leastScore) continue;
    const keys = clusters.get(found.key) ?? clusterOf(look.db, found.key);
    for (const key of keys) clusters.set(key, keys);
    if (keys.some((key) => refused.has(key))) continue;
    const name = keys[0] ?? found.key;
    const before = best.get(name);
    if (!before || before.score < like.score) best.set(name, { ...like, found, keys });
  }
  return [...best.values()].sort(
    (one, other) => other.score - one.score || other.found.place - one.found.place,
  );
}

/** Those that stand out. */
function shown(found: readonly Candidate[], top: number): Candidate[] {
  const alike = new Map<string, number>();
  const only = ({ why }: Candidate) =>
    why.length === 1 && weak.includes(why[0] as PersonSign) ? why[0] : null;
  for (const one of found) {
    const sign = only(one);
    if (sign) alike.set(sign, (alike.get(sign) ?? 0) + 1);
  }
  const telling = found.filter((one) => (alike.get(only(one) ?? '') ?? 0) <= mostAlike);
  const least = Math.max(top, telling[0]?.score ?? 0) / 2;
  return telling.filter(({ score }) => score >= least).slice(0, mostShown);
}

/** What is known of somebody besides the record on screen: that one is neither another matter nor the last. */
function describe(look: Look, { found, why, score }: Candidate, except: string | null): PersonMatch {
  const rows = personOf(look, found.key, mostCounted).rows.filter(({ recordId }) => recordId !== except);
  const last = rows[0] ?? found;
  const values = newestValues(rows.length > 0 ? rows : [found]);
  const number = values.idNumber ?? values.creditCode;
  return {
    key: found.key,
    name: found.values.name ?? '',
    formerName: values.formerName ?? null,
    number: number === undefined ? null : maskIdentityNumber(number),
    phone: values.phone === undefined ? null : maskPhone(values.phone),
    sex: values.sex ?? null,
    birthOn: values.birthOn ?? null,
    address: values.address ?? null,
    matters: countRecords(rows),
    last: matterOf(look, last),
    why,
    score,
  };
}
