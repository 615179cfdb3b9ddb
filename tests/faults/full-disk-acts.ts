// Acts of the program that write, each with what must be so after it was refused and after it was done.
import fs from 'node:fs';
import path from 'node:path';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import {
  type Act,
  act,
  answerOf,
  asideIn,
  attach,
  attachmentsOf,
  backupsOf,
  copiesIn,
  countOf,
  document,
  firstRecord,
  isWhole,
  open,
  pictureOn,
  prepareAttachment,
  prepareCopy,
  preparePaper,
  prepareStick,
  saved,
  versionOf,
} from './full-disk-stage.ts';
import { laterSteps, laterVersion } from './later-steps.ts';
import { folderNames, password, someCase, startProgram } from './programs.ts';

const newPassword = 'another horse';

export const acts: Record<string, Act> = {
  'saving a new case': act((stage) => saved(stage, { ledger: 'mediation', record: someCase(500) }), countOf),
  'saving a change': act(
    async (stage) => {
      const id = firstRecord(stage);
      const { record, version } = await stage.program.must('ledger.get', { id });
      const summary = `${record.summary}（改）`;
      return saved(stage, { ledger: 'mediation', id, baseVersion: version, record: { ...record, summary } });
    },
    async (stage) => (await stage.program.must('ledger.get', { id: firstRecord(stage) })).versions.length,
  ),
  'saving many': act(
    (stage) => {
      const records = Array.from({ length: 40 }, (_each, index) => someCase(600 + index));
      return answerOf(stage, 'ledger.addMany', { ledger: 'mediation', records });
    },
    async (stage) => {
      const total = await countOf(stage);
      if (total !== stage.confirmed.size && total !== stage.confirmed.size + 40)
        throw new Error('some of many');
      return total;
    },
  ),
  'keeping a draft': act(
    (stage) =>
      answerOf(stage, 'draft.save', {
        id: '00000000-0000-7000-8000-000000000009',
        ledger: 'mediation',
        content: { summary: '字'.repeat(3000) },
      }),
    async ({ program }) => (await program.must('draft.list', {})).length,
  ),
  attaching: act(attach, attachmentsOf, {
    async prepare(stage) {
      pictureOn(stage, 200_000);
    },
    // A whole object without its row: the next try takes it up, and it goes after some days (core/README).
    leaves: /data\/objects\//,
  }),
  'an attachment in clear': document(
    async (stage, grants) => {
      const id = stage.known.attachment ?? '';
      return answerOf(stage, 'attachment.export', { id, out: 'o', reason: '移交法院' }, grants);
    },
    { name: '照片.bin', prepare: prepareAttachment },
  ),
  'a paper': document(
    (stage, grants) =>
      answerOf(
        stage,
        'paper.make',
        { id: firstRecord(stage), kind: stage.known.paper ?? '', out: 'o', overwrite: true },
        grants,
      ),
    { prepare: preparePaper },
  ),
  'the whole file of a case': document((stage, grants) =>
    answerOf(stage, 'dossier.make', { id: firstRecord(stage), out: 'o', overwrite: true }, grants),
  ),
  'the report': document((stage, grants) =>
    answerOf(stage, 'report.make', { year: 2025, out: 'o', overwrite: true }, grants),
  ),
  'the report on a stick': document(
    (stage, grants) => answerOf(stage, 'report.make', { year: 2025, out: 'o', overwrite: true }, grants),
    { on: 'other' },
  ),
  'an export of the log': document(
    (stage, grants) =>
      answerOf(stage, 'audit.export', { out: 'o', reason: '上级检查', overwrite: true }, grants),
    { name: 'log.jsonl' },
  ),
  'a day sheet': act(
    (stage) => answerOf(stage, 'audit.daySheet', { on: new Date().toISOString().slice(0, 10) }),
    async ({ program }) => (await program.must('audit.state', {})).last?.entry ?? 0,
  ),
  'a copy': act((stage) => answerOf(stage, 'system.backup', {}), backupsOf),
  'a copy elsewhere': act(
    (stage) =>
      answerOf(stage, 'system.backup', { folder: 'd' }, { d: path.join(stage.disks.other.at, 'copies') }),
    ({ disks }) => copiesIn(path.join(disks.other.at, 'copies')),
    { on: 'other', prepare: prepareAttachment },
  ),
  'going back to a copy': act(
    async (stage) => answerOf(stage, 'program.restore', { backup: stage.known.backup ?? '' }),
    ({ folder }) => asideIn(folder),
    { prepare: prepareCopy },
  ),
  'going back to a copy on a stick': act(
    async (stage) => answerOf(stage, 'program.restore', { file: 'f' }, { f: stage.known.file ?? '' }),
    ({ folder }) => asideIn(folder),
    { prepare: prepareStick },
  ),
  'a new password': act(
    async (stage) => {
      const old = stage.password;
      const next = old === password ? newPassword : password;
      const answer = await answerOf(stage, 'session.changePassword', { password: old, newPassword: next });
      if (answer === 'done') stage.password = next;
      return answer;
    },
    ({ password: word }) => (word === newPassword ? 1 : 0),
  ),
  'an account': act(
    (stage) =>
      answerOf(stage, 'account.create', { name: '李秀英', password: 'first horse', role: 'clerk' } as never),
    async ({ program }) => (await program.must('account.list', {})).length,
  ),
  "somebody else's password": {
    async begin(place) {
      const stage = await open(place);
      const clerk = { name: '李秀英', password: 'first horse', role: 'clerk' } as const;
      const all = await stage.program.must('account.create', clerk);
      stage.known.clerk = all.find(({ name }) => name === clerk.name)?.id ?? '';
      return stage;
    },
    run: (stage) =>
      answerOf(stage, 'account.setPassword', { id: stage.known.clerk ?? '', password: 'third horse' }),
    async holds(stage, isDone) {
      const file = readKeyFile(stage.folder);
      const opens = async (word: string) => file && (await keyByPassword(file, '李秀英', word)) !== null;
      const right = isDone ? 'third horse' : 'first horse';
      return (await opens(right)) ? isWhole(stage) : `${right} does not open the ledger`;
    },
  },
  'a drill': act(
    (stage) => answerOf(stage, 'system.drill', {}),
    async ({ program }) =>
      (await program.must('system.drills', {})).drills.filter(({ fault }) => fault === null).length,
    { prepare: prepareCopy },
  ),
  'figures from a table': act(
    (stage) =>
      answerOf(
        stage,
        'indicator.import',
        { year: 2023, file: 'f' },
        { f: path.join(import.meta.dirname, '..', 'fixtures', 'indicators-2023.csv') },
      ),
    async ({ program }) =>
      (await program.must('indicator.list', { year: 2023 })).figures.filter(({ manual }) => manual !== null)
        .length,
  ),
  'moving to another PC': {
    on: 'other',
    state: 'failed',
    begin: (place) => open(place),
    run: (stage) => answerOf(stage, 'program.move', { folder: 'd' }, { d: stage.disks.other.at }),
    async holds(stage, isDone) {
      const copies = copiesIn(stage.disks.other.at);
      if (!isDone) return copies === 0 ? isWhole(stage) : 'refused, and a copy is there';
      const { state } = await stage.program.must('program.state', {});
      const said = state.is === 'failed' ? state.failure.code : state.is;
      return copies === 1 && said === 'ledger-moved' ? null : `${copies} copies, ${said}`;
    },
  },
  'bringing a copy to the second place': act(
    async (stage) => {
      stage.program.events.length = 0;
      const answer = await answerOf(stage, 'system.backup', {});
      const failed = stage.program.events.find((event) => event.event === 'copyFailed');
      return answer === 'done' && failed?.event === 'copyFailed' ? failed.failure.code : answer;
    },
    ({ disks }) => copiesIn(disks.other.at),
    {
      on: 'other',
      // The copy beside the ledger was made, and stays.
      leaves: /data\/backups\//,
      async prepare(stage) {
        await stage.program.must('system.setSecondPlace', { folder: 'd' }, { d: stage.disks.other.at });
        await prepareAttachment(stage);
      },
    },
  ),
  'leaving the program': act(
    async (stage) => {
      await stage.program.close();
      const before = Number(stage.known.before);
      stage.program = startProgram(stage.folder, { automaticBackups: true });
      return copiesIn(path.join(stage.folder, folderNames.backups)) > before ? 'done' : 'disk-full';
    },
    ({ folder }) => copiesIn(path.join(folder, folderNames.backups)),
    {
      env: { automaticBackups: true },
      async prepare(stage) {
        await saved(stage, { ledger: 'mediation', record: someCase(501) });
      },
    },
  ),
  'setting up': {
    isNew: true,
    async begin(place) {
      return { ...place, program: startProgram(place.folder), confirmed: new Map(), password, known: {} };
    },
    run: (stage) =>
      answerOf(stage, 'setup.create', {
        level: 'station',
        unitCode: '620921100',
        unitName: '城关司法所',
        account: 'admin',
        password,
      }),
    async holds(stage, isDone) {
      if (isDone) return isWhole(stage);
      const { state } = await stage.program.must('program.state', {});
      return state.is === 'set-up' ? null : `refused, and the program is ${state.is}`;
    },
  },
  'an upgrade': {
    env: { extra: laterSteps },
    leaves: /data\/backups\//,
    async begin(place) {
      const stage = await open(place);
      await stage.program.close();
      return { ...stage, program: startProgram(place.folder, { extra: laterSteps }) };
    },
    run: (stage) => answerOf(stage, 'session.signIn', { account: 'admin', password: stage.password }),
    async holds(stage, isDone) {
      const isLater = (await versionOf(stage.folder)) === laterVersion;
      const hasCopy = copiesIn(path.join(stage.folder, folderNames.backups)) > 0;
      if (isDone) return isLater ? isWhole(stage) : 'done, and the schema is the old one';
      // The step may be through and the entry of the sign-in find no room: then the copy of before stays, else it goes.
      return isLater === hasCopy ? null : `refused, later schema ${isLater}, copy of before ${hasCopy}`;
    },
  },
  'a repair': {
    async begin(place) {
      const stage = await open(place);
      await prepareCopy(stage);
      await saved(stage, { ledger: 'mediation', record: someCase(502) });
      await stage.program.close();
      fs.writeFileSync(path.join(place.folder, folderNames.damaged), '');
      const ledger = path.join(place.folder, folderNames.ledger);
      const bytes = fs.readFileSync(ledger);
      bytes[bytes.length - 100] = (bytes.at(-100) ?? 0) ^ 1;
      fs.writeFileSync(ledger, bytes);
      return { ...stage, program: startProgram(place.folder) };
    },
    run: (stage) => answerOf(stage, 'program.repair', { account: 'admin', password }),
    async holds(stage, isDone) {
      if (isDone) return isWhole(stage);
      const answer = await stage.program.call('session.signIn', { account: 'admin', password });
      return !answer.ok && answer.error.code === 'damaged' ? null : `not damaged: ${JSON.stringify(answer)}`;
    },
  },
};
