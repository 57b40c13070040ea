import type { Warning } from '../api/shapes.js';
import { numbers } from '../words/locale.js';

interface ShownWarning extends Pick<Warning, 'code' | 'pointer' | 'detail'> {
  /** Which of several reports it is about: its key, and its name for people. */
  readonly report?: { readonly key: string; readonly label: string };
}

/** What a desk should look at again before it files. */
export function Warnings({ warnings }: { warnings: readonly ShownWarning[] }) {
  if (warnings.length === 0) return null;
  return (
    <div class="warnings" data-warnings={warnings.length}>
      <h3>
        {warnings.length === 1
          ? '1 thing to look at again'
          : `${numbers.count(warnings.length)} things to look at again`}
      </h3>
      <ul>
        {warnings.map(({ code, pointer, detail, report }) => (
          <li key={`${report?.key ?? ''} ${code} ${pointer}`} class="warning">
            {report !== undefined && <span class="small">{report.label}: </span>}
            {detail}
          </li>
        ))}
      </ul>
    </div>
  );
}
