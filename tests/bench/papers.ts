import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { unzipSync, zipSync } from 'fflate';
import { createCore } from '#core/api/core.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/api/methods.ts';
import { account, copyOf, envOf, type Place, password, someCases } from './data-set.ts';
import { median, type Result, result, timed } from './measure.ts';

const turns = 15;

type Call = <M extends MethodName>(
  method: M,
  input: InputOf<M>,
  grants?: Record<string, string>,
) => Promise<OutputOf<M>>;

/**
 * A paper and a whole file made, kept as issued and written, each beside the bare docx library making a file of as many
 * paragraphs; a paper from a bureau's template beside the same file unpacked and packed again.
 */
export async function measurePapers(folder: string, place: Place): Promise<Result[]> {
  const core = createCore(envOf(copyOf(folder, 'papers'), place));
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-bench-papers-'));
  let [token, calls]: [string | null, number] = [null, 0];
  const call: Call = async (method, input, grants = {}) => {
    const answer = await core.call(method, input, { call: String(++calls), token, grants });
    if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    return answer.value as never;
  };
  try {
    ({ token } = await call('session.signIn', { account, password }));
    const agreed = someCases(400, place).filter(
      (one) => one.outcome === 'agreed' && one.agreementForm === 'written',
    );
    const ids: string[] = [];
    for (const record of agreed.slice(0, turns + 1)) {
      ids.push((await call('ledger.save', { ledger: 'mediation', record })).id);
    }
    if (ids.length <= turns) throw new Error('too few agreed cases among those generated');
    const out = (name: string) => path.join(work, name);
    const each = async (run: (id: string) => Promise<unknown>) => {
      const [first = '', ...others] = ids;
      await run(first); // libraries are read with the first one
      const times: number[] = [];
      for (const id of others) times.push(await timed(() => run(id)));
      return median(times);
    };
    const write = { out: 'out', overwrite: true };
    const paper = await each((id) =>
      call('paper.make', { id, kind: 'agreement', template: 'house', ...write }, { out: out('paper.docx') }),
    );
    const dossier = await each((id) =>
      call('dossier.make', { id, template: 'house', ...write }, { out: out('dossier.docx') }),
    );
    const barePaper = await bare(out('paper.docx'), out('bare.docx'));
    const bareDossier = await bare(out('dossier.docx'), out('bare.docx'));
    fs.writeFileSync(out('template.docx'), await template());
    await call('template.add', { file: 'file', kind: 'agreement' }, { file: out('template.docx') });
    const own = await each((id) =>
      call('paper.make', { id, kind: 'agreement', ...write }, { out: out('own.docx') }),
    );
    const packed = fs.readFileSync(out('own.docx'));
    const again = median(await repeated(async () => void zipSync(unzipSync(packed), { level: 6 })));
    return [
      result('a paper made and kept (ms) / the docx library alone', paper, barePaper, null),
      result('a whole file made and kept (ms) / the docx library alone', dossier, bareDossier, null),
      result('a paper from a template (ms) / unpacked and packed', own, again, null),
    ];
  } finally {
    await core.close();
    fs.rmSync(work, { recursive: true });
  }
}

/** The library alone, with the paragraphs that stand in a file, written to the disk. */
async function bare(file: string, to: string): Promise<number> {
  const xml = Buffer.from(unzipSync(fs.readFileSync(file))['word/document.xml'] ?? []).toString('utf8');
  const lines = [...xml.matchAll(/<w:p[ >][\s\S]*?<\/w:p>/g)].map(([one]) => one.replaceAll(/<[^>]+>/g, ''));
  const make = async () => {
    const children = lines.map((line) => new Paragraph(line));
    fs.writeFileSync(to, await Packer.toBuffer(new Document({ sections: [{ children }] })));
  };
  return median(await repeated(make));
}

async function repeated(work: () => Promise<void>): Promise<number[]> {
  await work();
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) times.push(await timed(work));
  return times;
}

/** About what the house wording of an agreement has. */
function template(): Promise<Buffer> {
  const lines = [
    '{{案号}}',
    '{{#当事人}}',
    '{{地位}}：{{姓名}}，住{{住址}}',
    '{{/当事人}}',
    '{{纠纷简要情况}}',
  ];
  const more = ['{{协议内容}}', '{{履行方式}}', '{{履行期限}}', '{{调解委员会}}', '{{文书日期}}'];
  const children = [...lines, ...more].map((line) => new Paragraph(line));
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}
