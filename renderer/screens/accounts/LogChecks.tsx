import { Button } from 'antd';
import { TableHead } from '#renderer/components/TableHead.tsx';
import { localInstant } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { auditText } from '#shared/text/audit.ts';
import { logCheckText, logFaultText, logNoticeText } from '#shared/text/log-check.ts';

const pageSize = 20;

/** The register of logs of other units that were checked here; nothing where there are none. */
export function LogChecks() {
  const checks = useQuery('audit.checks', {}).value ?? [];
  const [shown, setShown] = useKept('log checks shown', pageSize);
  if (checks.length === 0) return null;
  return (
    <section className="section" aria-label={logCheckText.register}>
      <h2 className="section-title">{logCheckText.register}</h2>
      <table className="table">
        <TableHead labels={logCheckText.columns} />
        <tbody>
          {checks.slice(0, shown).map((one) => (
            <tr key={one.check}>
              <td>{one.unit}</td>
              <td className="log-machine">{auditText.machine(one.machine, one.installation)}</td>
              <td className="nowrap">{logCheckText.range(one)}</td>
              <td className="log-code">{one.code}</td>
              <td className="log-code">{logCheckText.key(one)}</td>
              <td className="nowrap">{localInstant(one.checkedAt)}</td>
              <td className="nowrap">{one.account}</td>
              <td>
                {one.isSound ? logCheckText.isSound : one.faults.map(logFaultText).join('')}
                {one.notices
                  .filter(({ is }) => logCheckText.kept.includes(is))
                  .map(logNoticeText)
                  .join('')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {checks.length > shown && (
        <Button size="small" onClick={() => setShown(shown + pageSize)}>
          {logCheckText.older(checks.length - shown)}
        </Button>
      )}
    </section>
  );
}
