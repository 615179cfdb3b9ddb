// A request to the level above speaks of the record whose second key it carries, and of no other.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ownKeys } from '#core/api/unit-keys.ts';
import type { AskedFile } from '#core/sealing/above-files.ts';
import { codeOfCarried, signCarried } from '#core/security/carried-files.ts';
import { sealWords, unsealWords } from '#core/security/sealed-to.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { aCase, reason } from '#tests/fixtures/sealing.ts';

test('the second key of one record is not asked for under the name of another', async () => {
  const county = await aProgram({ isCounty: true });
  const station = await aProgram();
  const stick = (name: string) => path.join(station.beside, name);
  const on = (program: Program, name: string) => program.grant(name, stick(name));
  await county.call('help.card', { out: on(county, 'card.json') });
  await station.call('help.trust', { file: on(station, 'card.json') });
  await station.signInAgain();
  const { id: recordId } = await aCase(station);
  const ask = async (input: object) => {
    const { id } = await station.call('sealing.apply', { recordId, reason, ...input } as never);
    const out = on(station, 'request.json');
    return station.call('sealing.askAbove', { id, out, overwrite: true });
  };
  const answers = (code: string, file = on(county, 'request.json')) => ({
    ...{ file, code, out: on(county, 'answer.json'), overwrite: true },
    ...({ outcome: 'granted', reason: '情况属实' } as const),
  });
  const sealing = await ask({ kind: 'seal', basis: 'minorCrime' });
  await county.call('sealing.answerAsked', answers(sealing.code));
  await station.call('sealing.takeAnswer', { file: on(station, 'answer.json') });

  const theirs = await station.look((db) => ownKeys(db));
  const own = await county.look((db) => ownKeys(db));
  if (!theirs || !own) throw new Error('no keys');
  await ask({ kind: 'unseal', basis: 'mistaken' });
  const asked = JSON.parse(fs.readFileSync(stick('request.json'), 'utf8')) as AskedFile;
  const decides = async (changes: Partial<AskedFile>) => {
    const file = signCarried({ ...asked, ...changes }, theirs.signer);
    fs.writeFileSync(stick('other.json'), JSON.stringify(file));
    const given = on(county, 'other.json');
    return [
      await county.ask('sealing.readAsked', { file: given }),
      await county.ask('sealing.answerAsked', answers(codeOfCarried(file), given)),
    ].map((one) => (one.ok ? 'done' : one.error.code));
  };
  const refused = ['above-other-record', 'above-other-record'];
  // With tools of one's own: the locked record's key, and the id of one that is harmless.
  expect(await decides({ recordId: '0197a000-0000-7000-8000-000000000001' })).toEqual(refused);
  // And the right id under the number of the harmless one, which whoever decides reads.
  const use = `${asked.what} ${asked.id}`;
  const shape = z.looseObject({ number: z.string() });
  const words = unsealWords(asked.words, own.seal.privateKey, { use, shape });
  const called = { ...words, number: '（2025）金东调字第99号' };
  expect(await decides({ words: sealWords(called, own.seal.publicKey, use) })).toEqual(refused);
  expect(await decides({})).toEqual(['done', 'done']);
  await county.close();
  await station.close();
});
