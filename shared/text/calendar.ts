/** Words of the working-day calendar: headings and kinds in files, the sentences of what is wrong with one. */

import type { CalendarFault } from '#shared/domain/calendar-file.ts';

/** In small letters. */
export const calendarColumns: Readonly<Record<'year' | 'day' | 'kind' | 'name', readonly string[]>> = {
  year: ['year', '年度', '年份', '年'],
  day: ['day', 'date', '日期'],
  kind: ['is', 'kind', '类别', '类型', '性质', '班休'],
  name: ['name', '名称', '节日', '节假日', '说明'],
};

export const calendarKinds: Readonly<Record<'off' | 'work', readonly string[]>> = {
  off: ['off', '休', '放假', '休息', '假', '节假日', '休息日'],
  work: ['work', '班', '上班', '补班', '调休上班', '工作日'],
};

/** What is wrong with a file of days, and what to do; `text` is what stands there. */
const calendarFaults: Readonly<Record<CalendarFault, (line: number, text: string) => string>> = {
  shape: () =>
    '不是节假日安排的格式。请用表格（日期、类别、名称三列）另存为 CSV，或者用本程序规定的 JSON 格式',
  heading: () => '第一行没有“日期”和“类别”两列的列名。请写上列名（日期、类别、名称）',
  day: (line, text) => `第 ${line} 行的日期“${text}”看不出是哪一天。请写成 2027-01-01`,
  year: (line, text) => `第 ${line} 行的年度“${text}”不对。请写成四位数字`,
  kind: (line, text) => `第 ${line} 行的类别“${text}”不认识。放假写“休”，调休上班写“班”`,
  outside: (line, text) =>
    `第 ${line} 行的 ${text} 不在这一年的安排之内。请核对日期，几年的安排放在一起时请加“年度”一列`,
  weekday: (line, text) => `第 ${line} 行的 ${text} 本来就是工作日，不用写“班”。请核对日期`,
  twice: (line, text) => `第 ${line} 行的 ${text} 写了两次。请只保留一行`,
  few: (_line, text) =>
    `${text === '' ? '' : `${text} 年`}的放假日太少，不像一年的完整安排。请把全年的放假日和调休上班日都写上`,
};

export function calendarFault(fault: string, line: number, text: string): string {
  const said = Object.hasOwn(calendarFaults, fault) ? calendarFaults[fault as CalendarFault] : null;
  return said ? said(line, text) : `第 ${line} 行“${text}”有误（${fault}）。请核对这一行`;
}

export const calendarText = {
  usualTitle: (year: number) => `国务院办公厅关于${year}年部分节假日安排的通知`,
  fromFile: (file: string) => `由本单位从文件“${file}”导入`,
  missingYears: (years: readonly number[]) =>
    `${years.join('、')} 年的节假日安排还没有，涉及这些年份的工作日按星期一至星期五计算，可能有出入。请在“维护”中导入国务院公布的安排。`,
} as const;
