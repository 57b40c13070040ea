import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isLanguageTag } from '../words/choose-locale.js';
import { locale } from '../words/locale.js';
import type { StepChartProps } from './step-chart.js';

async function load(): Promise<FunctionComponent<StepChartProps>> {
  // uPlot hands the browser's language to Intl as it loads, and would not load where that is no language tag.
  if (!isLanguageTag(navigator.language)) Object.defineProperty(navigator, 'language', { value: locale });
  const { StepChart } = await import('./step-chart.js');
  return StepChart;
}

/** The chart comes after the numbers: the page does not wait for what draws it. */
export function LazyStepChart(props: StepChartProps) {
  const [Chart, setChart] = useState<FunctionComponent<StepChartProps> | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    load().then(
      (component) => {
        // A function given to a setter is called; this one is to be kept.
        setChart(() => component);
      },
      () => {
        setFailed(true);
      },
    );
  }, []);
  if (failed) return <p class="small">The chart could not be loaded; every step of it is in the revisions below.</p>;
  return Chart === null ? <div class="step-chart" /> : <Chart {...props} />;
}
