import admonitionDecision from '#seeds/templates/papers/correction/admonition-decision.json' with {
  type: 'json',
};
import appraisal from '#seeds/templates/papers/correction/appraisal.json' with { type: 'json' };
import arrestRequest from '#seeds/templates/papers/correction/arrest-request.json' with { type: 'json' };
import backCover from '#seeds/templates/papers/correction/back-cover.json' with { type: 'json' };
import basicInfo from '#seeds/templates/papers/correction/basic-info.json' with { type: 'json' };
import catalogue from '#seeds/templates/papers/correction/catalogue.json' with { type: 'json' };
import contactSheet from '#seeds/templates/papers/correction/contact-sheet.json' with { type: 'json' };
import cover from '#seeds/templates/papers/correction/cover.json' with { type: 'json' };
import crossingApproval from '#seeds/templates/papers/correction/crossing-approval.json' with {
  type: 'json',
};
import declaration from '#seeds/templates/papers/correction/declaration.json' with { type: 'json' };
import evaluationOpinion from '#seeds/templates/papers/correction/evaluation-opinion.json' with {
  type: 'json',
};
import groupDuty from '#seeds/templates/papers/correction/group-duty.json' with { type: 'json' };
import imprisonProposal from '#seeds/templates/papers/correction/imprison-proposal.json' with {
  type: 'json',
};
import leaveApproval from '#seeds/templates/papers/correction/leave-approval.json' with { type: 'json' };
import leaveCertificate from '#seeds/templates/papers/correction/leave-certificate.json' with {
  type: 'json',
};
import meetingApproval from '#seeds/templates/papers/correction/meeting-approval.json' with { type: 'json' };
import parts from '#seeds/templates/papers/correction/parts.json' with { type: 'json' };
import plan from '#seeds/templates/papers/correction/plan.json' with { type: 'json' };
import positioningExtension from '#seeds/templates/papers/correction/positioning-extension.json' with {
  type: 'json',
};
import positioningRemoval from '#seeds/templates/papers/correction/positioning-removal.json' with {
  type: 'json',
};
import positioningUse from '#seeds/templates/papers/correction/positioning-use.json' with { type: 'json' };
import praiseDecision from '#seeds/templates/papers/correction/praise-decision.json' with { type: 'json' };
import reductionProposal from '#seeds/templates/papers/correction/reduction-proposal.json' with {
  type: 'json',
};
import releaseCertificate from '#seeds/templates/papers/correction/release-certificate.json' with {
  type: 'json',
};
import releaseDeclaration from '#seeds/templates/papers/correction/release-declaration.json' with {
  type: 'json',
};
import releaseNotice from '#seeds/templates/papers/correction/release-notice.json' with { type: 'json' };
import relocationApproval from '#seeds/templates/papers/correction/relocation-approval.json' with {
  type: 'json',
};
import relocationDecision from '#seeds/templates/papers/correction/relocation-decision.json' with {
  type: 'json',
};
import relocationInquiry from '#seeds/templates/papers/correction/relocation-inquiry.json' with {
  type: 'json',
};
import relocationNotice from '#seeds/templates/papers/correction/relocation-notice.json' with {
  type: 'json',
};
import reportNotice from '#seeds/templates/papers/correction/report-notice.json' with { type: 'json' };
import revokeParoleProposal from '#seeds/templates/papers/correction/revoke-parole-proposal.json' with {
  type: 'json',
};
import revokeProbationProposal from '#seeds/templates/papers/correction/revoke-probation-proposal.json' with {
  type: 'json',
};
import securityProposal from '#seeds/templates/papers/correction/security-proposal.json' with {
  type: 'json',
};
import serviceReceipt from '#seeds/templates/papers/correction/service-receipt.json' with { type: 'json' };
import supplementNotice from '#seeds/templates/papers/correction/supplement-notice.json' with {
  type: 'json',
};
import warningDecision from '#seeds/templates/papers/correction/warning-decision.json' with { type: 'json' };

/** The house wording of the papers of 社区矫正, a file each; parts of them are shared. */
export const correctionWordings: Readonly<Record<string, { version: number; blocks: unknown }>> = {
  admonitionDecision,
  appraisal,
  arrestRequest,
  basicInfo,
  contactSheet,
  correctionBackCover: backCover,
  correctionCatalogue: catalogue,
  correctionCover: cover,
  crossingApproval,
  declaration,
  evaluationOpinion,
  groupDuty,
  imprisonProposal,
  leaveApproval,
  leaveCertificate,
  meetingApproval,
  plan,
  positioningExtension,
  positioningRemoval,
  positioningUse,
  praiseDecision,
  reductionProposal,
  releaseCertificate,
  releaseDeclaration,
  releaseNotice,
  relocationApproval,
  relocationDecision,
  relocationInquiry,
  relocationNotice,
  reportNotice,
  revokeParoleProposal,
  revokeProbationProposal,
  securityProposal,
  serviceReceipt,
  supplementNotice,
  warningDecision,
};

export const correctionParts: unknown = parts;
