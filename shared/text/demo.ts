/** What says of a ledger of made-up records that it is one. */
export const demoText = {
  mark: '演示数据　不得作为正式材料',
  line: '演示数据：以下内容全部是虚构的，不得作为正式材料使用或者报送。',
  unit: (name: string) => `【演示】${name}`,
  commandLine: '【演示台账】数据全部是虚构的，不得作为正式材料使用或者报送。',
} as const;
