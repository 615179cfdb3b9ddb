// The level above as the second of two for what is sealed: files up and down, and what the answer leads to.
import fs from 'node:fs';
import path from 'node:path';
import { AskedFile, answeredFile, askedFile, readAsked } from '#core/sealing/above-files.ts';
import { codeOfCarried } from '#core/security/carried-files.ts';
import { cardWhat, newHelpKeys } from '#core/security/password-help.ts';
import { newPair, sealBytes, shareFor } from '#core/security/sealing-key.ts';
import { newSigner } from '#core/security/signer.ts';
import { aCase, reason } from '#tests/fixtures/sealing.ts';
import { personAt } from './people.ts';
import { pendingIn, sealingHolds } from './sealing.ts';
import { type Act, answerOf, document, enter, open, type Stage } from './stage.ts';

const county = newHelpKeys();
const on = (stage: Stage, name: string) => path.join(stage.places.other, name);
const write = (at: string, content: unknown) => fs.writeFileSync(at, JSON.stringify(content));

/** The county is trusted, its share of the sealing key is there, and the administrator has a case of a minor. */
async function trusting(stage: Stage): Promise<void> {
  const { publicKey: signKey } = county.signer;
  const card = { what: cardWhat, unitCode: '620921', unitName: '金塔县司法局', signKey };
  write(on(stage, 'card.json'), { ...card, sealKey: county.seal.publicKey });
  await stage.program.must('help.trust', { file: 'f' }, { f: on(stage, 'card.json') });
  await enter(stage);
  const admin = await personAt(stage, 'admin', stage.password);
  await admin.ask('session.reveal', { reason: '办理业务' });
  const { id } = await aCase(admin);
  const { record } = await stage.program.must('ledger.get', { id });
  Object.assign(stage.known, { record: id, content: JSON.stringify(record) });
}

async function applied(stage: Stage, kind: 'seal' | 'unseal'): Promise<void> {
  const basis = kind === 'seal' ? 'minorCrime' : 'mistaken';
  const given = { recordId: stage.known.record ?? '', kind, basis, reason } as const;
  stage.known.request = (await stage.program.must('sealing.apply', given)).id;
}

/** Asked, and consented to by the county. */
async function answered(stage: Stage, kind: 'seal' | 'unseal'): Promise<void> {
  await applied(stage, kind);
  const ask = { id: stage.known.request ?? '', out: 'o', overwrite: true };
  await stage.program.must('sealing.askAbove', ask, { o: on(stage, 'asked.json') });
  const file = AskedFile.parse(JSON.parse(fs.readFileSync(on(stage, 'asked.json'), 'utf8')));
  const read = readAsked(file, county.seal);
  if (read === null || read === 'other-record') throw new Error('the request is not for the county');
  const words = { account: '县局', reason: '属实' };
  const given = {
    unitName: '金塔县司法局',
    outcome: 'granted',
    at: new Date().toISOString(),
    words,
  } as const;
  write(on(stage, 'answered.json'), answeredFile(file, given, { ...read, signer: county.signer }));
}

const taken = (stage: Stage) =>
  answerOf(stage, 'sealing.takeAnswer', { file: 'f' }, { f: on(stage, 'answered.json') });

/** The answer is taken: whole, or it can be taken once more. */
const takes = (kind: 'seal' | 'unseal'): Act => ({
  methods: ['sealing.takeAnswer'],
  async begin(place) {
    const stage = await open(place);
    await trusting(stage);
    await answered(stage, 'seal');
    if (kind === 'unseal') {
      const code = await taken(stage);
      if (code !== 'done') throw new Error(`not sealed: ${code}`);
      await answered(stage, 'unseal');
    }
    return stage;
  },
  ready: enter,
  run: taken,
  async holds(stage, isDone) {
    const wrong = await sealingHolds(stage, (kind === 'seal') === isDone);
    if (wrong !== null) return wrong;
    const isPending = await pendingIn(stage);
    return isPending === !isDone ? null : `the application waits: ${isPending}`;
  },
});

export const sealingAboveActs: Record<string, Act> = {
  'asking the level above about a sealing': document(
    ['sealing.askAbove'],
    (stage, grants) =>
      answerOf(
        stage,
        'sealing.askAbove',
        { id: stage.known.request ?? '', out: 'o', overwrite: true },
        grants,
      ),
    {
      name: 'asked.json',
      async prepare(stage) {
        await trusting(stage);
        await applied(stage, 'seal');
      },
    },
  ),
  'sealing with the level above': { ...takes('seal'), sizes: [64] },
  'unsealing with the level above': takes('unseal'),
  'answering the request of a unit below': document(
    ['sealing.answerAsked'],
    (stage, grants) => {
      const code = stage.known.code ?? '';
      const given = {
        file: 'f',
        code,
        outcome: 'granted',
        out: 'o',
        overwrite: true,
        reason: '属实',
      } as const;
      return answerOf(stage, 'sealing.answerAsked', given, { ...grants, f: on(stage, 'below.json') });
    },
    {
      name: 'answered.json',
      async prepare(stage) {
        await stage.program.must('help.card', { out: 'o' }, { o: on(stage, 'own-card.json') });
        const { sealKey, unitCode } = JSON.parse(fs.readFileSync(on(stage, 'own-card.json'), 'utf8'));
        const pair = newPair();
        const some = '01990000-0000-7000-8000-000000000001';
        const words = { account: '王五', ledger: 'mediation', number: null, basis: 'mistaken' } as const;
        const now = Date.now();
        const { file } = askedFile(
          {
            ...{ id: some, ledgerId: some, installation: some, recordId: some, kind: 'unseal' },
            ...{ unitCode: `${unitCode}201`, unitName: '某村调委会' },
            askedAt: new Date(now).toISOString(),
            validUntil: new Date(now + 86_400_000).toISOString(),
            words: { ...words, appliedAt: new Date(now).toISOString() },
            reason: sealBytes(Buffer.from(reason), pair.publicKey),
            keys: [{ publicKey: pair.publicKey, key: shareFor(pair, sealKey) }],
          },
          newSigner(),
          sealKey,
        );
        write(on(stage, 'below.json'), file);
        stage.known.code = codeOfCarried(file);
      },
    },
  ),
};
