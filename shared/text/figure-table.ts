/** Words of the table in which figures come in: the headings under which its columns are known, and of its rows. */

export type FigureColumn = 'code' | 'section' | 'topic' | 'name' | 'unit' | 'printed';

/** Written without spaces, underscores and brackets, in small letters. */
export const figureColumnWords: Readonly<Record<FigureColumn, readonly string[]>> = {
  code: ['code', '代码', '指标代码', '编码', '指标编码'],
  section: ['section', '节', '章节', '部分'],
  topic: ['topic', '分节', '小节', '主题'],
  name: ['indicator', 'name', '指标', '指标名称', '名称'],
  unit: ['unit', '单位', '计量单位'],
  printed: ['printedvalue', 'printed', 'value', '本报告值', '报告值', '数值', '值', '本年值'],
};

export const figureTableText = {
  /** What a sentence calls a figure that came from a line of a table. */
  atLine: (name: string, line: number) => `${name}（第 ${line} 行）`,
} as const;
