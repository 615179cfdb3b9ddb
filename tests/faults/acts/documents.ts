// What leaves the program: papers, reports, copies in clear. Each is whole where it was asked for, or not there.
import { type Act, act, answerOf, document, firstRecord, prepareAttachment, preparePaper } from './stage.ts';

export const documentActs: Record<string, Act> = {
  'an attachment in clear': document(
    ['attachment.export'],
    async (stage, grants) => {
      const id = stage.known.attachment ?? '';
      return answerOf(
        stage,
        'attachment.export',
        { id, out: 'o', reason: '移交法院', overwrite: true },
        grants,
      );
    },
    { name: '照片.bin', prepare: prepareAttachment },
  ),
  'a paper': document(
    ['paper.make'],
    (stage, grants) =>
      answerOf(
        stage,
        'paper.make',
        { id: firstRecord(stage), kind: stage.known.paper ?? '', out: 'o', overwrite: true },
        grants,
      ),
    { prepare: preparePaper },
  ),
  'the whole file of a case': document(['dossier.make'], (stage, grants) =>
    answerOf(stage, 'dossier.make', { id: firstRecord(stage), out: 'o', overwrite: true }, grants),
  ),
  'the report': document(['report.make'], (stage, grants) =>
    answerOf(stage, 'report.make', { year: 2025, out: 'o', overwrite: true }, grants),
  ),
  'the report on a stick': document(
    ['report.make'],
    (stage, grants) => answerOf(stage, 'report.make', { year: 2025, out: 'o', overwrite: true }, grants),
    { on: 'other' },
  ),
  'an export of the log': document(
    ['audit.export'],
    (stage, grants) =>
      answerOf(stage, 'audit.export', { out: 'o', reason: '上级检查', overwrite: true }, grants),
    { name: 'log.jsonl' },
  ),
  'a day sheet': act(
    ['audit.daySheet'],
    (stage) => answerOf(stage, 'audit.daySheet', { on: new Date().toISOString().slice(0, 10) }),
    async ({ program }) => (await program.must('audit.state', {})).last?.entry ?? 0,
  ),
};
