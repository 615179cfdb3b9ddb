import type { SafetyPaperKind } from '#shared/domain/safety-papers.ts';

/** Words of the papers of the 安全保密登记 and of their screen. */
export const safetyPaperText = {
  title: '规则、告知和自查',
  list: '文书和表格',
  titles: {
    incidentReport: '个人信息安全事件报告',
    incidentNotice: '个人信息安全事件告知书',
    assessmentReport: '个人信息保护影响评估报告',
    privacyNotice: '个人信息处理告知书',
    minorsRule: '不满十四周岁未成年人个人信息处理规则',
    minorsNotice: '不满十四周岁未成年人个人信息处理告知书',
    selfCheck: '个人信息保护和数据安全自查表',
  } satisfies Record<SafetyPaperKind, string>,
  about: {
    incidentReport:
      '向网信部门、上级司法行政机关报告用。个人信息保护法第五十七条、网络数据安全管理条例第十一条。',
    incidentNotice: '通知受影响的个人用，抬头打印后填写。个人信息保护法第五十七条。',
    assessmentReport:
      '处理敏感个人信息、对外提供之前评估，至少保存三年。个人信息保护法第五十五条、第五十六条。',
    privacyNotice: '受理时交当事人，或者张贴在调解室。个人信息保护法第十七条、第三十五条。',
    minorsRule: '由本单位印发执行。个人信息保护法第三十一条、网络数据安全管理条例第二十一条。',
    minorsNotice: '交父母或者其他监护人。个人信息保护法第三十条、第三十一条。',
    selfCheck: '现状由程序填写一部分，其余自查人填写。个人信息保护法第五十四条。',
  } satisfies Record<SafetyPaperKind, string>,
  record: { incident: '事件', assessment: '评估' } as Readonly<Record<string, string>>,
  blank: '空白表格',
  year: '年度',
  hint: '这些文书和表格可以打印、另存为 PDF，也可以保存为 Word 后按本单位的要求修改。',
  each: '逐人打印',
  eachTitle: '每人一份告知书',
  eachHint: '每人打印一份，抬头是本人姓名。姓名只用于这次打印，不保存；日志只记份数。',
  names: '收告知书的人',
  namesHint: '一行一人，也可以从表格整列粘贴，只取姓名。重名的各打一份。',
  fromCases: '从案件取当事人',
  fromCasesHint: '输入案号或者姓名查找，选中后当事人加在名单里',
  namesCount: (count: number) => `共 ${count} 人，打印 ${count} 份`,
  namesEmpty: '还没有姓名。',
  namesTooMany: (count: number, most: number) => `名单有 ${count} 人，一次最多打印 ${most} 份，请分几次。`,
  namesAdded: (count: number, title: string) => `已加入“${title}”的当事人 ${count} 人。`,
  pick: (title: string, of: string) => `${title}的${of}`,
} as const;

export const assessmentText = {
  offer:
    '评估本程序自身时，可以先填入程序知道的事实：处理什么、存在哪里、怎样加密、谁能看到。风险程度、结论由本单位判断、签字。',
  fill: '填入程序的情况',
} as const;
