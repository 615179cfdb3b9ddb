// What is taken out of the ledger, and comes back by order only: nothing of it is left in clear once it is confirmed.
import fs from 'node:fs';
import path from 'node:path';
import { namesIn } from '#core/db/objects.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import {
  aFile,
  approved,
  aSettledCase,
  fileIt,
  opinion,
  toApprove,
} from '#tests/core/retention/files-fixture.ts';
import { barePages, foundIn } from '#tests/fixtures/bare-pages.ts';
import { aPicture } from '#tests/fixtures/scans.ts';
import { aCase, applicant, number, reason, secrets } from '#tests/fixtures/sealing.ts';
import { folderNames } from '../programs.ts';
import { newAccount, personAt } from './people.ts';
import { type Act, act, answerOf, asideIn, enter, isWhole, open, type Stage, told } from './stage.ts';

const clerk = { name: 'clerk', role: 'clerk' } as const;

/** What of these texts whoever has the key can read in the ledger and the drafts, free pages included; and scans. */
async function inClear(stage: Stage, texts: readonly string[]): Promise<string[]> {
  const file = readKeyFile(stage.folder);
  const key = file && (await keyByPassword(file, 'admin', stage.password));
  if (!key) throw new Error('no key');
  const pages = [folderNames.ledger, folderNames.drafts].map((name) =>
    barePages(path.join(stage.folder, name), key),
  );
  const scans = [...namesIn(path.join(stage.folder, folderNames.objects))];
  return [...foundIn(Buffer.concat(pages), texts), ...scans.map((name) => `scan ${name}`)];
}

/** A case of a minor with all that belongs to it, and a clerk who applied for its sealing. */
async function applied(stage: Stage): Promise<void> {
  const { known, program } = stage;
  await newAccount(stage, clerk);
  const person = await personAt(stage, clerk.name);
  const { id } = await aCase(person);
  const { record, version } = await program.must('ledger.get', { id });
  await person.call('draft.save', {
    ...{
      id: '0197a000-0000-7000-8000-000000000001',
      ledger: 'mediation',
      recordId: id,
      baseVersion: version,
    },
    content: { remark: `${applicant}老井会` },
  });
  known.record = id;
  known.content = JSON.stringify(record);
  const given = { recordId: id, kind: 'seal', basis: 'minorCrime', reason } as const;
  known.request = (await person.call('sealing.apply', given)).id;
}

async function sealed(stage: Stage): Promise<void> {
  await applied(stage);
  await stage.program.must('sealing.confirm', { id: stage.known.request ?? '' });
}

async function askedBack(stage: Stage): Promise<void> {
  await sealed(stage);
  const person = await personAt(stage, clerk.name);
  const given = {
    recordId: stage.known.record ?? '',
    kind: 'unseal',
    basis: 'mistaken',
    reason: '封错',
  } as const;
  stage.known.request = (await person.call('sealing.apply', given)).id;
}

/** The record is sealed and nothing of it can be read, or it is there as it was, with its note and its scan. */
export async function sealingHolds(stage: Stage, isSealed: boolean): Promise<string | null> {
  const wrong = await isWhole(stage);
  if (wrong !== null) return wrong;
  const { program, known } = stage;
  const id = known.record ?? '';
  const found = await program.call('ledger.get', { id });
  const state = await program.must('sealing.state', {});
  const isListed = state.sealed.some(({ recordId }) => recordId === id);
  if (found.ok === isSealed || isListed !== isSealed)
    return `sealed must be ${isSealed}: there ${found.ok}, listed ${isListed}`;
  const { hits } = await program.must('search.find', { text: applicant });
  if (hits.length > 0 === isSealed) return `${hits.length} hits`;
  if (isSealed) {
    const left = await inClear(stage, secrets);
    return left.length === 0 ? null : `in clear: ${left.join()}`;
  }
  if (!found.ok || JSON.stringify(found.value.record) !== known.content) return 'not as it was before';
  const notes = (await program.must('ledger.related', { id })).length;
  const scans = (await program.must('attachment.list', { recordId: id })).length;
  return notes > 0 && scans === 1 ? null : `${notes} notes, ${scans} scans`;
}

export const pendingIn = async ({ program, known }: Stage) =>
  (await program.must('sealing.state', {})).requests.some(({ id }) => id === known.request);

/** `from` and `to`: whether the record is sealed before and after. An application is decided, or waits. */
const decides = (prepare: (stage: Stage) => Promise<void>, from: boolean, to: boolean): Act => ({
  methods: ['sealing.confirm'],
  async begin(place) {
    const stage = await open(place);
    await prepare(stage);
    return stage;
  },
  ready: enter,
  run: (stage) => answerOf(stage, 'sealing.confirm', { id: stage.known.request ?? '' }),
  async holds(stage, isDone) {
    const wrong = await sealingHolds(stage, isDone ? to : from);
    if (wrong !== null) return wrong;
    const isPending = await pendingIn(stage);
    return isPending === !isDone ? null : `the application waits: ${isPending}`;
  },
});

const supervisors: [string, string] = ['甲监销', '乙监销'];
const ofFile = [applicant, number, '隐庐巷七十九号', '三代人为一口老井', '老井会'];

/** A list of three old files, one with all that may belong to one, put together by a clerk and approved by a head. */
async function approvedList(stage: Stage): Promise<void> {
  const { program, known } = stage;
  const decision = approved(10);
  await program.must('retention.decide', { kind: 'mediation.case', decision, note: '' });
  const id = await newAccount(stage, clerk);
  const admin = (await program.must('account.list', {})).find(({ name }) => name === 'admin')?.id ?? '';
  await newAccount(stage, {
    ...{ name: 'head', role: 'head', duties: ['system'] },
    changes: [
      { id, duties: ['audit'] },
      { id: admin, duties: ['security'] },
    ],
  });
  const person = await personAt(stage, clerk.name);
  const head = await personAt(stage, 'head');
  const { id: caseId } = await aSettledCase(person, 2010, [applicant, '濮阳霁宸'], {
    summary: '三代人为一口老井争执不下。',
    agreementText: '井归甲家使用',
    parties: [
      {
        ...{ side: 'applicant', type: 'natural', name: applicant, idType: '01', idNumber: number },
        ...{ phone: '16409995511', address: '城关镇隐庐巷七十九号' },
      },
      { side: 'respondent', type: 'natural', name: '濮阳霁宸' },
    ],
  });
  const note = { caseId, kind: 'investigation', heldOn: '2010-03-05', topic: '老井会', text: '各说各的' };
  await person.call('ledger.save', { ledger: 'caseNote', record: note });
  const picture = path.join(stage.places.other, '老井.png');
  fs.writeFileSync(picture, aPicture({ note: '谧井照片' }));
  person.grant('scan', picture);
  await person.call('attachment.add', { recordId: caseId, file: 'scan', kind: 'site', title: '谧井照片' });
  await fileIt(person, caseId, 2010);
  const ids = [caseId];
  for (const name of ['丙', '丁']) ids.push((await aFile(person, 2010, [name, `${name}弟`])).id);
  const list = (await person.call('destruction.add', { list: null, ids, opinion })).id;
  await head.call('destruction.approve', { list, ...toApprove });
  Object.assign(known, { list, files: ids.join() });
}

/** Whoever carries lists out and goes back to copies; signed in once more where a restore signed everybody out. */
async function asHead(stage: Stage): Promise<void> {
  const { program, known } = stage;
  const own = program.token;
  program.token = known.head ?? null;
  const now = await program.call('session.current', {});
  program.token = own;
  if (!now.ok || now.value === null) known.head = (await personAt(stage, 'head')).token ?? '';
}

async function byHead(stage: Stage, work: () => Promise<string>): Promise<string> {
  await asHead(stage);
  const own = stage.program.token;
  stage.program.token = stage.known.head ?? null;
  try {
    return await work();
  } finally {
    stage.program.token = own;
  }
}

async function carriedOut(stage: Stage): Promise<void> {
  const list = stage.known.list ?? '';
  await (await personAt(stage, 'head')).call('destruction.carryOut', { list, supervisors });
}

async function destructionHolds(stage: Stage, isDone: boolean): Promise<string | null> {
  const wrong = await isWhole(stage);
  if (wrong !== null) return wrong;
  const { program, known } = stage;
  const { state } = await program.must('destruction.get', { list: known.list ?? '' });
  if (state !== (isDone ? 'done' : 'approved')) return `the list is ${state}`;
  for (const id of (known.files ?? '').split(','))
    if ((await program.call('ledger.get', { id })).ok === isDone) return `a file is there: ${!isDone}`;
  if (!isDone) return null;
  const left = await inClear(stage, ofFile);
  return left.length === 0 ? null : `in clear: ${left.join()}`;
}

const withCopy = async (stage: Stage) => {
  stage.known.backup = (await stage.program.must('system.backup', {})).name;
};
const entered = async (stage: Stage) => {
  await enter(stage);
  delete stage.known.head;
  await asHead(stage);
};

export const sealingActs: Record<string, Act> = {
  // It goes through and leaves no room to wipe what was typed of it.
  'sealing a record': { ...decides(applied, false, true), sizes: [64] },
  'unsealing a record': decides(askedBack, true, false),
  'carrying out a destruction': {
    methods: ['destruction.carryOut'],
    async begin(place) {
      const stage = await open(place);
      await approvedList(stage);
      return stage;
    },
    ready: entered,
    run: (stage) =>
      byHead(stage, () =>
        answerOf(stage, 'destruction.carryOut', { list: stage.known.list ?? '', supervisors }),
      ),
    holds: destructionHolds,
  },
  'going back to a copy of before a sealing': {
    methods: ['program.restore'],
    async begin(place) {
      const stage = await open(place);
      await applied(stage);
      await withCopy(stage);
      await stage.program.must('sealing.confirm', { id: stage.known.request ?? '' });
      return stage;
    },
    ready: enter,
    run: (stage) => answerOf(stage, 'program.restore', { backup: stage.known.backup ?? '' }),
    async holds(stage, isDone) {
      const isBack = asideIn(stage.folder) > 0;
      if (isBack !== isDone) return `set aside: ${isBack}`;
      return sealingHolds(stage, true);
    },
  },
  'going back to a copy of before a destruction': {
    methods: ['program.restore'],
    async begin(place) {
      const stage = await open(place);
      // The copy must know of the files; who may make copies changes with the third account.
      await approvedList(stage);
      const head = await personAt(stage, 'head');
      stage.known.backup = (await head.call('system.backup', {})).name;
      await carriedOut(stage);
      return stage;
    },
    ready: entered,
    run: (stage) =>
      byHead(stage, () => answerOf(stage, 'program.restore', { backup: stage.known.backup ?? '' })),
    async holds(stage, isDone) {
      const isBack = asideIn(stage.folder) > 0;
      if (isBack !== isDone) return `set aside: ${isBack}`;
      return destructionHolds(stage, true);
    },
  },
  'confirming a period': act(
    ['retention.decide'],
    (stage) =>
      answerOf(stage, 'retention.decide', { kind: 'mediation.case', decision: approved(10), note: '' }),
    told(async ({ program }) => {
      const all = await program.must('retention.periods', {});
      return all.some(({ isConfirmed }) => isConfirmed);
    }),
  ),
};
