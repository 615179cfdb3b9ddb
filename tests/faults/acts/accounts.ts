// Accounts, passwords, keys: the key file and the ledger say the same, whatever happens between them.
import fs from 'node:fs';
import path from 'node:path';
import { openByPassword, readKeyFile } from '#core/security/key-file.ts';
import {
  answerTo,
  cardWhat,
  type HelpRequest,
  newHelpKeys,
  requestCode,
  requestWhat,
  sealDataKey,
} from '#core/security/password-help.ts';
import { newSealKeys } from '#core/security/sealed-to.ts';
import { openShare } from '#core/security/sealing-key.ts';
import { folderNames, makeLedger, password, someCase } from '../programs.ts';
import { newAccount, own, personAt } from './people.ts';
import { type Act, act, answerOf, document, enter, isWhole, open, type Stage, saved, told } from './stage.ts';

const newPassword = 'another horse';
const atTheDoor = async () => undefined;

async function opens({ folder }: Stage, account: string, word: string) {
  const file = readKeyFile(folder);
  return file && openByPassword(file, account, word);
}

/** The administrator's password becomes another one; exactly one of the two opens the ledger. */
const changesPassword = ({
  begin = (place) => open(place),
  ready = enter,
  ...more
}: Pick<Act, 'methods' | 'run'> & Partial<Act>): Act => ({
  begin,
  ready,
  async holds(stage, isDone) {
    const [right, wrong] = isDone ? [newPassword, password] : [password, newPassword];
    if (!(await opens(stage, 'admin', right))) return `${right} does not open the ledger`;
    if (await opens(stage, 'admin', wrong)) return `${wrong} opens the ledger`;
    stage.password = right;
    return isWhole(stage);
  },
  ...more,
});

/** Who is in by the password that he asked for has no request waiting, whenever the program died. */
const leavesNoRequest = (given: Parameters<typeof changesPassword>[0]): Act => {
  const act = changesPassword(given);
  return {
    ...act,
    async holds(stage, isDone) {
      const wrong = await act.holds(stage, isDone);
      if (wrong !== null) return wrong;
      const waiting = await stage.program.must('help.waiting', {});
      return (waiting === null) === isDone ? null : `waiting: ${JSON.stringify(waiting)}`;
    },
  };
};

const on = (stage: Stage, name: string) => path.join(stage.places.other, name);
const county = newHelpKeys();
const write = (at: string, content: unknown) => fs.writeFileSync(at, JSON.stringify(content));

async function trust(stage: Stage): Promise<void> {
  const { publicKey: signKey } = county.signer;
  const card = { what: cardWhat, unitCode: '620921', unitName: '金塔县司法局', signKey };
  write(on(stage, 'card.json'), { ...card, sealKey: county.seal.publicKey });
}
const trusted = (stage: Stage) => answerOf(stage, 'help.trust', { file: 'f' }, { f: on(stage, 'card.json') });
const asked = (stage: Stage) =>
  answerOf(
    stage,
    'help.ask',
    { account: 'admin', newPassword, out: 'o', overwrite: true, replaces: true },
    { o: on(stage, 'request.json') },
  );

const clerk = { name: '李秀英', role: 'clerk' } as const;
const idOf = async ({ program }: Stage, account: string) =>
  (await program.must('account.list', {})).find(({ name }) => name === account)?.id ?? '';

/** A clerk who became a head with the audit duty, and has not signed in since. */
async function promoted(stage: Stage): Promise<void> {
  const id = await newAccount(stage, clerk);
  await stage.program.must('account.change', { changes: [{ id, role: 'head', duties: ['audit'] }] });
}

export const accountActs: Record<string, Act> = {
  'a new password': changesPassword({
    methods: ['session.changePassword'],
    run: (stage) => answerOf(stage, 'session.changePassword', { password, newPassword }),
  }),
  'a new password by the recovery key': changesPassword({
    methods: ['session.recover'],
    isNew: true,
    async begin(place) {
      const recoveryKey = await makeLedger(place.folder);
      const stage = await open(place);
      await saved(stage, { ledger: 'mediation', record: someCase(1) });
      stage.known.recoveryKey = recoveryKey;
      return stage;
    },
    ready: atTheDoor,
    run: ({ known, ...stage }) =>
      answerOf({ known, ...stage }, 'session.recover', {
        ...{ recoveryKey: known.recoveryKey ?? '', account: 'admin', newPassword },
      }),
  }),
  'an account': act(
    ['account.create'],
    (stage) => answerOf(stage, 'account.create', { ...clerk, password: 'first horse' }),
    async ({ program, folder }) => {
      const { length } = await program.must('account.list', {});
      const slots = readKeyFile(folder)?.slots.filter(({ kind }) => kind === 'account').length;
      // A slot without an account opens nothing; an account without one cannot sign in.
      if (slots !== undefined && slots < length) throw new Error(`${length} accounts, ${slots} slots`);
      return length;
    },
  ),
  "somebody else's password": {
    methods: ['account.setPassword'],
    async begin(place) {
      const stage = await open(place);
      stage.known.clerk = await newAccount(stage, clerk);
      return stage;
    },
    ready: enter,
    run: (stage) =>
      answerOf(stage, 'account.setPassword', { id: stage.known.clerk ?? '', password: 'third horse' }),
    async holds(stage, isDone) {
      const right = isDone ? 'third horse' : own;
      if (!(await opens(stage, clerk.name, right))) return `${right} does not open the ledger`;
      const wrong = await isWhole(stage);
      if (wrong !== null || !isDone) return wrong;
      // Whoever sets another's password has a way in as somebody else: never without an entry.
      const { entries } = await stage.program.must('audit.list', { actions: ['account.setPassword'] });
      return entries.length > 0
        ? null
        : 'the password of somebody else was set, and the log knows nothing of it';
    },
  },
  'disabling an account': {
    methods: ['account.change'],
    async begin(place) {
      const stage = await open(place);
      stage.known.clerk = await newAccount(stage, clerk);
      return stage;
    },
    ready: enter,
    run: (stage) =>
      answerOf(stage, 'account.change', {
        changes: [{ id: stage.known.clerk ?? '', isDisabled: true }],
        reason: '调离',
      }),
    async holds(stage, isDone) {
      // An opening takes the way of who was disabled when the program died.
      const wrong = await isWhole(stage);
      if (wrong !== null) return wrong;
      const isOpened = (await opens(stage, clerk.name, own)) !== null;
      const all = await stage.program.must('account.list', {});
      const isDisabled = all.find(({ name }) => name === clerk.name)?.isDisabled;
      return isDisabled === isDone && isOpened === !isDone
        ? null
        : `disabled: ${isDisabled}, its password opens the ledger: ${isOpened}`;
    },
  },
  'the first sign-in after a restore': {
    methods: ['session.signIn'],
    async begin(place) {
      const stage = await open(place);
      const id = await newAccount(stage, clerk);
      const backup = (await stage.program.must('system.backup', {})).name;
      await stage.program.must('account.change', { changes: [{ id, isDisabled: true }] });
      await newAccount(stage, { name: '后来人', role: 'clerk' });
      await stage.program.must('program.restore', { backup });
      // Nothing of the ledger of before tells of its accounts: the file beside it does.
      const aside = path.join(stage.folder, folderNames.aside);
      for (const name of fs.readdirSync(aside))
        fs.writeFileSync(path.join(aside, name, folderNames.ledger), Buffer.alloc(8192, 7));
      return stage;
    },
    ready: atTheDoor,
    run: (stage) => answerOf(stage, 'session.signIn', { account: 'admin', password }),
    async holds(stage) {
      const wrong = await isWhole(stage);
      if (wrong !== null) return wrong;
      const all = await stage.program.must('account.list', {});
      const shown = all.map(({ name, isDisabled }) => `${name} ${isDisabled}`).join();
      const slots = readKeyFile(stage.folder)?.slots.filter(({ kind }) => kind === 'account').length;
      const actions = ['account.afterRestore', 'account.waysTaken'];
      const { entries } = await stage.program.must('audit.list', { actions });
      const said = entries.map(({ action }) => action).sort();
      // Disabled still, and made since; each said once.
      const isRight =
        shown === `admin false,后来人 false,${clerk.name} true` &&
        slots === 2 &&
        said.join() === 'account.afterRestore,account.afterRestore';
      return isRight ? null : `${shown}; ${slots} slots; log: ${said.join()}`;
    },
  },
  'the first sign-in with new duties': {
    methods: ['session.signIn'],
    async begin(place) {
      const stage = await open(place);
      await promoted(stage);
      return stage;
    },
    ready: enter,
    run: (stage) => answerOf(stage, 'session.signIn', { account: clerk.name, password: own }),
    async holds(stage, isDone) {
      const opened = await opens(stage, clerk.name, own);
      const has = [opened?.signer, opened?.sealer].map((one) => one !== null && one !== undefined);
      if (has.some((one) => one !== isDone)) return `signing key, pair for sealing: ${has.join()}`;
      return isWhole(stage);
    },
  },
  // Whoever has the key of sealed records gives it at his next sign-in to those who may have it from now on.
  'sharing the key of sealed records': {
    methods: ['session.signIn'],
    async begin(place) {
      const stage = await open(place);
      await promoted(stage);
      await personAt(stage, clerk.name);
      return stage;
    },
    ready: atTheDoor,
    run: (stage) => answerOf(stage, 'session.signIn', { account: 'admin', password }),
    async holds(stage, isDone) {
      const file = readKeyFile(stage.folder);
      const pair = (await opens(stage, clerk.name, own))?.sealer;
      const isShared = file?.sealing && pair ? openShare(file.sealing, [pair]) !== null : false;
      return isShared === isDone ? isWhole(stage) : `shared: ${isShared}`;
    },
  },
  'handing over cases': act(
    ['account.handOver'],
    async (stage) =>
      answerOf(stage, 'account.handOver', {
        ...{ from: stage.known.giver ?? '', to: await idOf(stage, 'admin'), reason: '调离' },
      }),
    async ({ program }) => {
      const found =
        (await program.must('account.list', {})).find(({ name }) => name === 'admin')?.openCases ?? 0;
      if (found % 6 !== 0) throw new Error(`${found} cases handed over`);
      return found;
    },
    {
      async prepare(stage) {
        const { program } = stage;
        const { id: committeeId } = await program.must('ledger.save', {
          ledger: 'committee',
          record: {
            name: '城关镇人民调解委员会',
            kind: 'township',
            shortName: '城关镇',
            establishedOn: '2015-05-01',
          },
        });
        const mediatorOf = async (name: string) =>
          (
            await program.must('ledger.save', {
              ledger: 'mediator',
              record: { name, committeeId, appointedOn: '2016-01-01' },
            })
          ).id;
        const [from, to] = [await mediatorOf('李秀英'), await mediatorOf('王建国')];
        stage.known.giver = await newAccount(stage, { ...clerk, mediatorId: from });
        const admin = await idOf(stage, 'admin');
        await program.must('account.change', { changes: [{ id: admin, mediatorId: to }] });
        for (let number = 700; number < 706; number++)
          await saved(stage, { ledger: 'mediation', record: someCase(number, { mediatorId: from }) });
      },
    },
  ),
  'a card for the units below': document(
    ['help.card'],
    (stage, grants) => answerOf(stage, 'help.card', { out: 'o', overwrite: true }, grants),
    { name: 'card.json' },
  ),
  'trusting the level above': act(
    ['help.trust'],
    trusted,
    told(async ({ program }) => (await program.must('help.state', {})).trusts !== null),
    { prepare: trust },
  ),
  'asking for help': {
    methods: ['help.ask'],
    async begin(place) {
      const stage = await open(place);
      await trust(stage);
      await trusted(stage);
      return stage;
    },
    ready: atTheDoor,
    run: asked,
    async holds(stage, isDone) {
      const waiting = await stage.program.must('help.waiting', {});
      if ((waiting !== null) !== isDone) return `waiting: ${JSON.stringify(waiting)}`;
      if (waiting) {
        const request = JSON.parse(fs.readFileSync(on(stage, 'request.json'), 'utf8')) as HelpRequest;
        if (requestCode(request) !== waiting.code) return 'another request than the one that waits';
      }
      return isWhole(stage);
    },
  },
  'taking help': leavesNoRequest({
    methods: ['help.finish'],
    async begin(place) {
      const stage = await open(place);
      await trust(stage);
      await trusted(stage);
      await asked(stage);
      const request = JSON.parse(fs.readFileSync(on(stage, 'request.json'), 'utf8')) as HelpRequest;
      write(on(stage, 'answer.json'), answerTo(request, county, '县局', new Date().toISOString()));
      return stage;
    },
    ready: atTheDoor,
    run: (stage) =>
      answerOf(stage, 'help.finish', { file: 'f', newPassword }, { f: on(stage, 'answer.json') }),
  }),
  'answering for help': document(
    ['help.answer'],
    (stage, grants) => {
      const { file, code } = { file: on(stage, 'request.json'), code: stage.known.code ?? '' };
      const given = { file: 'f', code, out: 'o', overwrite: true, reason: '忘记密码' };
      return answerOf(stage, 'help.answer', given, { ...grants, f: file });
    },
    {
      name: 'answer.json',
      async prepare(stage) {
        const at = on(stage, 'own-card.json');
        await stage.program.must('help.card', { out: 'o' }, { o: at });
        const { sealKey } = JSON.parse(fs.readFileSync(at, 'utf8'));
        const request: HelpRequest = {
          ...{ what: requestWhat, ledgerId: '01990000-0000-7000-8000-000000000001', unit: '某村调委会' },
          ...{ account: '王五', askedAt: new Date().toISOString(), answerKey: newSealKeys().publicKey },
          key: sealDataKey(Buffer.alloc(32, 7), sealKey),
        };
        write(on(stage, 'request.json'), request);
        stage.known.code = requestCode(request);
      },
    },
  ),
};
