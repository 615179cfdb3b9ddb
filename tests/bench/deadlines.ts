import { type Caller, copyOf, envOf, openCore, type Place, someCases } from './data-set.ts';
import { median, type Result, result, timed } from './measure.ts';

const turns = 9;
/** In the middle of the data set's last year: what is overdue has gathered for years, and something is due. */
const on = '2025-06-16';
const decision = { isOff: false, offset: 1, unit: 'month', roll: 'none', strength: 'soft' } as const;

type Times = { board: number; person: number; rule: number };

/**
 * The board as it opens and for one person, a record saved before each so that nothing read before can be used again;
 * and a rule changed, which makes its rows anew.
 */
async function measure(folder: string, place: Place): Promise<Times> {
  const core = openCore(envOf(copyOf(folder, 'deadlines'), place));
  await core.signIn();
  const records = someCases(turns * 2, place);
  const board = async (input: { person?: string }) => {
    const times: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      await core.call('ledger.save', { ledger: 'mediation', record: records.pop() ?? {} });
      times.push(await timed(() => core.call('deadline.board', { on, ...input })));
    }
    return median(times);
  };
  const all = await board({});
  const [busiest] = (await core.call('deadline.board', { on })).persons;
  const person = await board({ person: busiest?.person ?? '' });
  const rule = await timed(() =>
    core.call('deadline.confirm', { rule: 'mediation.settle', decision, note: 'bench' }),
  );
  await tell(core);
  await core.close();
  return { board: all, person, rule };
}

/** A board that has nothing on it would be fast for no reason. */
async function tell(core: Caller): Promise<void> {
  const { counts } = await core.call('deadline.board', { on });
  if (counts.overdue < 100 || counts.week < 1)
    throw new Error(`nothing on the board: ${JSON.stringify(counts)}`);
}

export async function measureDeadlines(
  small: string,
  large: string,
  tenth: number,
  place: Place,
): Promise<Result[]> {
  const before = await measure(small, place);
  const now = await measure(large, place);
  const beside = `at ${tenth} records`;
  return [
    result(`board of deadlines (ms) / ${beside}`, now.board, before.board, 50),
    result(`board of one person (ms) / ${beside}`, now.person, before.person, 50),
    result(`a rule changed, its rows made anew (ms) / ${beside}`, now.rule, before.rule, null),
  ];
}
