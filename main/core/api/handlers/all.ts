import type { MethodName, Methods } from '#shared/api/methods.ts';
import type { HandlersOf } from '../context.ts';
import { accountHandlers } from './accounts.ts';
import { attachmentHandlers } from './attachments.ts';
import { auditHandlers } from './audit.ts';
import { careHandlers } from './care.ts';
import { codeHandlers } from './codes.ts';
import { deadlineHandlers } from './deadlines.ts';
import { draftHandlers } from './drafts.ts';
import { enquiryHandlers } from './enquiries.ts';
import { fieldHandlers } from './fields.ts';
import { figureHandlers } from './figures.ts';
import { ledgerHandlers } from './ledgers.ts';
import { logFileHandlers } from './log-files.ts';
import { mappingHandlers } from './mappings.ts';
import { numberingHandlers } from './numbering.ts';
import { ownTemplateHandlers } from './own-templates.ts';
import { paperNumberHandlers } from './paper-number.ts';
import { paperHandlers } from './papers.ts';
import { helpHandlers } from './password-help.ts';
import { personHandlers } from './persons.ts';
import { printHandlers } from './prints.ts';
import { reportHandlers } from './reports.ts';
import { retentionHandlers } from './retention.ts';
import { safetyPaperHandlers } from './safety-papers.ts';
import { sealingHandlers } from './sealing.ts';
import { sealingAboveHandlers } from './sealing-above.ts';
import { sealingPaperHandlers } from './sealing-papers.ts';
import { systemHandlers } from './system.ts';
import { transferHandlers } from './transfers.ts';

type Handled = { [M in MethodName]: Methods[M]['kind'] extends 'gate' ? never : M }[MethodName];

/** Every method but the gates; a method without a handler does not compile. */
export const handlers: HandlersOf<Handled> & Partial<Record<MethodName, unknown>> = {
  ...accountHandlers,
  ...auditHandlers,
  ...logFileHandlers,
  ...transferHandlers,
  ...safetyPaperHandlers,
  ...codeHandlers,
  ...fieldHandlers,
  ...ledgerHandlers,
  ...attachmentHandlers,
  ...draftHandlers,
  ...sealingHandlers,
  ...sealingAboveHandlers,
  ...sealingPaperHandlers,
  ...enquiryHandlers,
  ...deadlineHandlers,
  ...mappingHandlers,
  ...numberingHandlers,
  ...personHandlers,
  ...figureHandlers,
  ...printHandlers,
  ...reportHandlers,
  ...paperHandlers,
  ...paperNumberHandlers,
  ...ownTemplateHandlers,
  ...helpHandlers,
  ...systemHandlers,
  ...careHandlers,
  ...retentionHandlers,
};
