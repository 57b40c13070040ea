import type { ComponentChildren } from 'preact';

export type TabId = 'report' | 'spreadsheet' | 'copy';

/** The ways in which figures come to a desk. */
const tabs: readonly (readonly [id: TabId, name: string])[] = [
  ['report', 'Report'],
  ['spreadsheet', 'Spreadsheet'],
  ['copy', 'Wire copy'],
];

interface TabsProps {
  readonly tab: TabId;
  readonly onTab: (tab: TabId) => void;
  readonly children: ComponentChildren;
}

export function DeskTabs({ tab, onTab, children }: TabsProps) {
  const go = (step: number): void => {
    const place = tabs.findIndex(([id]) => id === tab);
    const next = tabs[(place + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onTab(next[0]);
    document.getElementById(`tab-${next[0]}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label="How the figures come">
        {tabs.map(([id, name]) => (
          <button
            key={id}
            type="button"
            id={`tab-${id}`}
            role="tab"
            aria-selected={id === tab}
            aria-controls="tab-panel"
            tabIndex={id === tab ? 0 : -1}
            onClick={() => {
              onTab(id);
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') go(1);
              if (event.key === 'ArrowLeft') go(-1);
            }}
          >
            {name}
          </button>
        ))}
      </div>
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {children}
      </div>
    </>
  );
}
