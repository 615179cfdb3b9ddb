// Copies, going back, moving, drills, repair, upgrade: whatever moves whole files.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { laterSteps, laterVersion } from '../later-steps.ts';
import { folderNames, password, someCase, startProgram } from '../programs.ts';
import {
  type Act,
  act,
  answerOf,
  asideIn,
  backupsOf,
  copiesIn,
  enter,
  isWhole,
  open,
  prepareAttachment,
  prepareCopy,
  prepareStick,
  saved,
  told,
  versionOf,
} from './stage.ts';

const atTheDoor = async () => undefined;
const copiesFolder = (folder: string) => path.join(folder, folderNames.backups);

export const careActs: Record<string, Act> = {
  'a copy': act(['system.backup'], (stage) => answerOf(stage, 'system.backup', {}), backupsOf),
  'a copy elsewhere': act(
    ['system.backup'],
    (stage) =>
      answerOf(stage, 'system.backup', { folder: 'd' }, { d: path.join(stage.places.other, 'copies') }),
    ({ places }) => copiesIn(path.join(places.other, 'copies')),
    { on: 'other', prepare: prepareAttachment },
  ),
  'going back to a copy': act(
    ['program.restore'],
    async (stage) => answerOf(stage, 'program.restore', { backup: stage.known.backup ?? '' }),
    ({ folder }) => asideIn(folder),
    { prepare: prepareCopy },
  ),
  'going back to a copy on a stick': act(
    ['program.restore'],
    async (stage) => answerOf(stage, 'program.restore', { file: 'f' }, { f: stage.known.file ?? '' }),
    ({ folder }) => asideIn(folder),
    { prepare: prepareStick },
  ),
  'giving up what was set aside': act(
    ['system.dropAside'],
    async (stage) => {
      const { entries } = await stage.program.must('system.aside', {});
      return answerOf(stage, 'system.dropAside', { names: entries.map(({ name }) => name) });
    },
    told(async ({ folder }) => asideIn(folder) === 0),
    {
      async prepare(stage) {
        await prepareCopy(stage);
        await stage.program.must('program.restore', { backup: stage.known.backup ?? '' });
        await enter(stage);
        // It is needed until a copy was made after it, and copies are told by the second.
        await wait(1100);
        await stage.program.must('system.backup', {});
      },
    },
  ),
  'a drill': act(
    ['system.drill'],
    (stage) => answerOf(stage, 'system.drill', {}),
    async ({ program }) =>
      (await program.must('system.drills', {})).drills.filter(({ fault }) => fault === null).length,
    { prepare: prepareCopy },
  ),
  'choosing a second place': act(
    ['system.setSecondPlace'],
    (stage) => answerOf(stage, 'system.setSecondPlace', { folder: 'd' }, { d: stage.places.other }),
    told(async ({ program }) => (await program.must('system.places', {})).second !== null),
  ),
  'bringing a copy to the second place': act(
    ['system.backup'],
    async (stage) => {
      stage.program.events.length = 0;
      const answer = await answerOf(stage, 'system.backup', {});
      const failed = stage.program.events.find((event) => event.event === 'copyFailed');
      return answer === 'done' && failed?.event === 'copyFailed' ? failed.failure.code : answer;
    },
    ({ places }) => copiesIn(places.other),
    {
      on: 'other',
      // The copy beside the ledger was made, and stays.
      leaves: /data\/backups\//,
      async prepare(stage) {
        await stage.program.must('system.setSecondPlace', { folder: 'd' }, { d: stage.places.other });
        await prepareAttachment(stage);
      },
    },
  ),
  'leaving the program': act(
    [],
    async (stage) => {
      await stage.program.close();
      const before = Number(stage.known.before);
      stage.program = startProgram(stage.folder, { automaticBackups: true });
      return copiesIn(copiesFolder(stage.folder)) > before ? 'done' : 'disk-full';
    },
    ({ folder }) => copiesIn(copiesFolder(folder)),
    {
      env: { automaticBackups: true },
      async warmUp(stage) {
        await saved(stage, { ledger: 'mediation', record: someCase(501) });
      },
    },
  ),
  'moving to another PC': {
    methods: ['program.move'],
    on: 'other',
    state: 'failed',
    begin: (place) => open(place),
    ready: enter,
    run: (stage) => answerOf(stage, 'program.move', { folder: 'd' }, { d: stage.places.other }),
    async holds(stage, isDone) {
      const copies = copiesIn(stage.places.other);
      const { state } = await stage.program.must('program.state', {});
      const said = state.is === 'failed' ? state.failure.code : state.is;
      if (isDone) return copies > 0 && said === 'ledger-moved' ? null : `${copies} copies, ${said}`;
      // A copy that stands whole while the ledger stays is no harm: nothing has moved.
      return isWhole(stage);
    },
  },
  'going on after a move': {
    methods: ['program.goOn'],
    async begin(place) {
      const stage = await open(place);
      const to = path.join(place.places.other, 'new');
      fs.mkdirSync(to);
      await stage.program.must('program.move', { folder: 'd' }, { d: to });
      return stage;
    },
    ready: atTheDoor,
    run: (stage) => answerOf(stage, 'program.goOn', { takesOver: true, reason: '新电脑坏了' }),
    async holds(stage, isDone) {
      const { state } = await stage.program.must('program.state', {});
      const isMoved = state.is === 'failed' && state.failure.code === 'ledger-moved';
      if (!isDone) return isMoved ? null : `not done, and the program is ${state.is}`;
      return isMoved ? 'said to be done, and is not' : isWhole(stage);
    },
  },
  'taking up a key that was kept': {
    methods: ['program.takeKey'],
    async begin(place) {
      const stage = await open(place);
      const kept = path.join(place.places.other, 'ledger.key');
      fs.copyFileSync(path.join(place.folder, folderNames.key), kept);
      await stage.program.close();
      for (const name of [folderNames.key, folderNames.keyCopy])
        fs.writeFileSync(path.join(place.folder, name), '{"file":');
      return stage;
    },
    ready: atTheDoor,
    run: (stage) =>
      answerOf(stage, 'program.takeKey', { file: 'f' }, { f: path.join(stage.places.other, 'ledger.key') }),
    async holds(stage, isDone) {
      const { state } = await stage.program.must('program.state', {});
      const isHarmed = state.is === 'failed' && state.failure.code === 'key-file-damaged';
      if (!isDone) return isHarmed ? null : `not done, and the program is ${state.is}`;
      return isHarmed ? 'said to be done, and is not' : isWhole(stage);
    },
  },
  'what a technician needs': {
    methods: ['program.diagnose'],
    begin: (place) => open(place),
    ready: enter,
    run: (stage) =>
      answerOf(stage, 'program.diagnose', { out: 'o' }, { o: path.join(stage.places.ledger, 'd.txt') }),
    async holds(stage, isDone) {
      const at = path.join(stage.places.ledger, 'd.txt');
      const isThere = fs.existsSync(at) && fs.statSync(at).size > 100;
      return isThere === isDone ? isWhole(stage) : `there: ${isThere}`;
    },
  },
  'setting up': {
    methods: ['setup.create'],
    isNew: true,
    async begin(place) {
      return { ...place, program: startProgram(place.folder), confirmed: new Map(), password, known: {} };
    },
    ready: atTheDoor,
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
      return state.is === 'set-up' ? null : `not done, and the program is ${state.is}`;
    },
  },
  'an upgrade': {
    methods: ['session.signIn'],
    env: { extra: laterSteps },
    leaves: /data\/backups\//,
    begin: (place) => open(place),
    ready: atTheDoor,
    run: (stage) => answerOf(stage, 'session.signIn', { account: 'admin', password: stage.password }),
    async holds(stage, isDone) {
      const isLater = (await versionOf(stage.folder)) === laterVersion;
      const hasCopy = copiesIn(copiesFolder(stage.folder)) > 0;
      if (isDone)
        return isLater && hasCopy ? isWhole(stage) : `later schema ${isLater}, copy of before ${hasCopy}`;
      // The step may be through and the entry of the sign-in find no room: then the copy of before stays, else it goes. One
      // that was killed in between leaves it, and it is given up by age.
      const isRight = isLater === hasCopy || (stage.known.killed !== undefined && hasCopy);
      return isRight ? null : `refused, later schema ${isLater}, copy of before ${hasCopy}`;
    },
  },
  'a repair': {
    methods: ['program.repair'],
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
      return stage;
    },
    ready: atTheDoor,
    run: (stage) => answerOf(stage, 'program.repair', { account: 'admin', password }),
    async holds(stage, isDone) {
      if (isDone) return isWhole(stage);
      const answer = await stage.program.call('session.signIn', { account: 'admin', password });
      return !answer.ok && answer.error.code === 'damaged' ? null : `not damaged: ${JSON.stringify(answer)}`;
    },
  },
};
