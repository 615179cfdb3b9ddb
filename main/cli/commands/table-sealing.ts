import type { Command, OptionSpec } from '../command.ts';

const text: OptionSpec = { type: 'string' };
const needed: OptionSpec = { type: 'string', required: true };
const flag: OptionSpec = { type: 'boolean' };

/** Commands of sealing (封存): what whoever applies does, and the two files between a unit and the level above. */
export const sealingCommands: Readonly<Record<string, Command>> = {
  'sealing list': { options: {}, words: 0, load: async () => (await import('./safety.ts')).sealing },
  'sealing propose': {
    options: { id: needed },
    words: 0,
    load: async () => (await import('./sealing.ts')).propose,
  },
  'sealing apply': {
    options: {
      ...{ id: needed, kind: { ...text, of: 'sealKind' }, basis: { ...needed, of: 'sealBasis' } },
      ...{ reason: needed, also: text },
    },
    words: 0,
    load: async () => (await import('./sealing.ts')).apply,
  },
  'sealing withdraw': {
    options: { id: needed },
    words: 0,
    load: async () => (await import('./sealing.ts')).withdraw,
  },
  'sealing certificate': {
    options: { id: needed, pdf: needed, force: flag },
    words: 0,
    load: async () => (await import('./sealing.ts')).certificate,
  },
  'sealing ask': {
    options: { id: needed, out: needed, force: flag },
    words: 0,
    load: async () => (await import('./sealing-above.ts')).ask,
  },
  'sealing read': {
    options: { file: needed },
    words: 0,
    load: async () => (await import('./sealing-above.ts')).read,
  },
  'sealing answer': {
    options: { file: needed, code: needed, outcome: needed, reason: needed, out: needed, force: flag },
    words: 0,
    load: async () => (await import('./sealing-above.ts')).answer,
  },
  'sealing take': {
    options: { file: needed },
    words: 0,
    load: async () => (await import('./sealing-above.ts')).take,
  },
};
