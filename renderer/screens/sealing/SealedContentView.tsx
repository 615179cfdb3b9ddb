import type { SealedContent } from '#shared/api/sealing-types.ts';
import { sealingText as say } from '#shared/text/sealing.ts';
import { commonText } from '#shared/text/window.ts';

/** A sealed record read out for a lawful enquiry. */
export function SealedContentView({ content }: { content: SealedContent }) {
  const title = say.content(content.number ?? say.noNumber);
  return (
    <section className="section" aria-label={title}>
      <h3 className="section-title">{title}</h3>
      <p className="quiet">{say.contentHint}</p>
      {content.sections.map(({ title: part, rows }) => (
        <table key={part} className="table narrow sealed-content">
          <caption>{part}</caption>
          <tbody>
            {rows.length === 0 && (
              <tr>
                <td>{say.empty}</td>
              </tr>
            )}
            {rows.map(([label, text]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      {content.files.length > 0 && <p>{say.files(content.files.join(commonText.comma))}</p>}
    </section>
  );
}
