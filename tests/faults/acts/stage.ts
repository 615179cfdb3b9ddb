// What the acts of the fault suite have in common: how one is prepared, tried and looked at afterwards.
import fs from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import type { CoreEnv } from '#core/api/contract.ts';
import { connect } from '#core/db/connection.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import type { InputOf, MethodName } from '#shared/api/methods.ts';
import { aPicture } from '#tests/fixtures/scans.ts';
import { folderNames, type Program, password, startProgram } from '../programs.ts';

/** Two disks: that of the ledger, and what goes out or comes in. `folder` is the data folder, on the first. */
export type Places = { ledger: string; other: string };
export type Place = { folder: string; places: Places };
/** What of a stage outlives a program: a child is killed with it, and whoever looks at what it left begins with it. */
export type Known = {
  /** Records and their versions that were confirmed. */
  confirmed: Map<string, string>;
  /** The password that must open the ledger. */
  password: string;
  known: Record<string, string>;
};
export type Stage = Place & Known & { program: Program };
export type Act = {
  /** Methods of the program that it tries (covered.ts). */
  methods: readonly MethodName[];
  /** The disk that runs full. */
  on?: keyof Places;
  /** Pages left on the disk with which it is tried besides, the program going on and ended: once it did not hold there. */
  sizes?: readonly number[];
  /** Begins with an empty folder. */
  isNew?: boolean;
  /** Of the program that does it; `begin` may need another. */
  env?: Partial<CoreEnv>;
  /** The state of the next start after it was done. */
  state?: string;
  /** Its file is known to the log before it is written, so that the next start clears half of it away. */
  isLogged?: boolean;
  /** What may be left of it when it was refused. */
  leaves?: RegExp;
  /** Makes what it needs; the program ends after it. */
  begin(place: Place): Promise<Stage>;
  /** A program started anew on that: signed in, where it is not an act at the door. */
  ready(stage: Stage): Promise<void>;
  /** `done`, or the code of the refusal. */
  run(stage: Stage): Promise<string>;
  /** What is not as it must be, in words. Looked at as often as one likes. */
  holds(stage: Stage, isDone: boolean): Promise<string | null>;
};

export async function open(place: Place, env: Partial<CoreEnv> = {}): Promise<Stage> {
  const program = startProgram(place.folder, env);
  const stage: Stage = { ...place, program, confirmed: new Map(), password, known: {} };
  await enter(stage);
  const { rows } = await program.must('ledger.list', { ledger: 'mediation' });
  for (const { id } of rows) {
    const { version } = await program.must('ledger.get', { id });
    stage.confirmed.set(id, version);
  }
  return stage;
}

export async function enter({ program, password: word }: Stage): Promise<void> {
  program.token = (await program.must('session.signIn', { account: 'admin', password: word })).token;
  await program.must('session.reveal', { reason: '办理业务' });
  await program.must('session.confirm', { password: word });
}

export async function answerOf<M extends MethodName>(
  { program }: Stage,
  method: M,
  input: InputOf<M>,
  grants: Record<string, string> = {},
): Promise<string> {
  const answer = await program.call(method, input, grants);
  return answer.ok ? 'done' : answer.error.code;
}

/** Signed in where nobody is, everything confirmed is there and the ledger verifies. */
export async function isWhole(stage: Stage): Promise<string | null> {
  const { program } = stage;
  if (!(await program.call('session.current', {})).ok || !(await signedIn(stage))) {
    const answer = await program.call('session.signIn', { account: 'admin', password: stage.password });
    if (!answer.ok) return `nobody can sign in: ${JSON.stringify(answer.error)}`;
    await enter(stage);
  }
  for (const [id, version] of stage.confirmed) {
    const found = await program.call('ledger.get', { id });
    if (!found.ok) return `a record is lost: ${JSON.stringify(found.error)}`;
    if (!found.value.versions.some((each) => each.version === version)) return 'a version is lost';
  }
  const verified = await program.must('system.verify', {});
  return verified.ok ? null : `verify: ${JSON.stringify(verified.findings)}`;
}

const signedIn = async ({ program }: Stage) => {
  const now = await program.call('session.current', {});
  return now.ok && now.value !== null;
};

export const countOf = async ({ program }: Stage) =>
  (await program.must('ledger.list', { ledger: 'mediation' })).total;

type More = Partial<Act> & { prepare?(stage: Stage): Promise<void>; warmUp?(stage: Stage): Promise<void> };

/**
 * An act whose outcome is told by a look at the ledger; `look` says how far it has come, and gives the same as before
 * where it is not done. `prepare` is done once for all tries, `warmUp` before each, signed in.
 */
export function act(
  methods: readonly MethodName[],
  run: (stage: Stage) => Promise<string>,
  look: (stage: Stage) => Promise<number> | number,
  more: More = {},
): Act {
  const { prepare, warmUp, ...rest } = more;
  return {
    methods,
    async begin(place) {
      const stage = await open(place);
      await prepare?.(stage);
      return stage;
    },
    async ready(stage) {
      await enter(stage);
      await warmUp?.(stage);
      stage.known.before = String(await look(stage));
    },
    run,
    async holds(stage, isDone) {
      const wrong = await isWhole(stage);
      if (wrong !== null) return wrong;
      const found = (await look(stage)) - Number(stage.known.before);
      if (isDone ? found > 0 : found === 0) return null;
      return isDone ? 'said to be done, and is not' : `not done, and is there all the same (${found})`;
    },
    ...rest,
  };
}

/** One that is there or not. */
export const told = (isThere: (stage: Stage) => Promise<boolean>) => async (stage: Stage) =>
  Number(await isThere(stage));

/** How many entries the log has of these methods; the register of exports is a view over it. */
async function linesOf({ program }: Stage, methods: readonly MethodName[]): Promise<number> {
  return (await program.must('audit.list', { actions: [...methods], limit: 500 })).entries.length;
}

/** A document in a place outside the ledger: with its entry in the log wherever it is there. */
export function document(
  methods: readonly MethodName[],
  run: (stage: Stage, grants: Record<string, string>) => Promise<string>,
  {
    name = 'x.docx',
    on = 'ledger',
    prepare,
  }: { name?: string; on?: keyof Places; prepare?(stage: Stage): Promise<void> } = {},
): Act {
  const at = ({ places }: Stage) => path.join(places[on], name);
  const made = act(
    methods,
    (stage) => run(stage, { o: at(stage) }),
    (stage) => {
      if (!fs.existsSync(at(stage))) return 0;
      const bytes = fs.readFileSync(at(stage));
      if (name.endsWith('.docx') && !unzipSync(bytes)['word/document.xml']) throw new Error('half a file');
      return bytes.length;
    },
    {
      on,
      ...(prepare ? { prepare } : {}),
      async warmUp(stage) {
        stage.known.lines = String(await linesOf(stage, methods));
      },
    },
  );
  return {
    ...made,
    isLogged: true,
    async holds(stage, isDone) {
      const wrong = await made.holds(stage, isDone);
      if (wrong !== null || !isDone) return wrong;
      const told = (await linesOf(stage, methods)) - Number(stage.known.lines);
      return told > 0 ? null : 'it left, and the log does not know of it';
    },
  };
}

export const firstRecord = ({ confirmed }: Stage) => [...confirmed.keys()][0] ?? '';
export const backupsOf = async ({ program }: Stage) => (await program.must('system.backups', {})).length;
export const pictureOn = ({ places }: Stage, bytes: number) => {
  const file = path.join(places.other, '照片.png');
  if (!fs.existsSync(file)) {
    const note = Array.from({ length: bytes / 8 }, (_each, index) => (index * 2654435761).toString(16)).join(
      ' ',
    );
    fs.writeFileSync(file, aPicture({ note }));
  }
  return file;
};

export async function saved(stage: Stage, input: InputOf<'ledger.save'>): Promise<string> {
  const answer = await stage.program.call('ledger.save', input);
  if (!answer.ok) return answer.error.code;
  stage.confirmed.set(answer.value.id, answer.value.version);
  return 'done';
}

export const attachmentsOf = async (stage: Stage) =>
  (await stage.program.must('attachment.list', { recordId: firstRecord(stage) })).length;
export const attach = async (stage: Stage) =>
  answerOf(
    stage,
    'attachment.add',
    { recordId: firstRecord(stage), file: 'f', kind: 'site' },
    { f: pictureOn(stage, 200_000) },
  );

export async function versionOf(folder: string): Promise<number> {
  const file = readKeyFile(folder);
  const key = file && (await keyByPassword(file, 'admin', password));
  if (!key) throw new Error('no key');
  const look = connect(path.join(folder, folderNames.ledger), { key, access: 'look' });
  try {
    return look.pragma<number>('user_version');
  } finally {
    look.close();
  }
}

export function copiesIn(folder: string): number {
  if (!fs.existsSync(folder)) return 0;
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /ledger-[\d-]+\.db$/.test(name)).length;
}

export const asideIn = (folder: string) => {
  const at = path.join(folder, folderNames.aside);
  return fs.existsSync(at) ? fs.readdirSync(at).length : 0;
};

export async function prepareAttachment(stage: Stage): Promise<void> {
  const answer = await stage.program.must(
    'attachment.add',
    { recordId: firstRecord(stage), file: 'f', kind: 'site' },
    { f: pictureOn(stage, 20_000) },
  );
  stage.known.attachment = answer.id;
}

export async function preparePaper(stage: Stage): Promise<void> {
  const { papers } = await stage.program.must('paper.list', { id: firstRecord(stage) });
  stage.known.paper = papers.find(({ fits, isAttached }) => fits && !isAttached)?.kind ?? '';
}

export async function prepareCopy(stage: Stage): Promise<void> {
  await prepareAttachment(stage);
  stage.known.backup = (await stage.program.must('system.backup', {})).name;
}

export async function prepareStick(stage: Stage): Promise<void> {
  await prepareAttachment(stage);
  const made = await stage.program.must(
    'system.backup',
    { folder: 'd' },
    { d: path.join(stage.places.other, 'c') },
  );
  stage.known.file = made.file;
}
