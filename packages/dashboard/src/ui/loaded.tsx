import type { ComponentChildren } from 'preact';
import './loaded.css';
import type { Report } from '../api/use-report.ts';
import { ErrorState } from './error-state.tsx';
import { Skeleton } from './skeleton.tsx';

/** Shows a report in whichever state it is: coming, failed, or here — dimmed while a newer one is on its way, unless `quiet`. */
export function Loaded<Data>({
  report,
  heights,
  quiet = false,
  children,
}: {
  report: Report<Data>;
  heights: readonly number[];
  /** For what is asked again and again. */
  quiet?: boolean;
  children(data: Data): ComponentChildren;
}) {
  if (report.error) return <ErrorState error={report.error} retry={report.retry} />;
  if (report.data === undefined) return <Skeleton heights={heights} />;
  return (
    <div class={report.loading && !quiet ? 'loaded loaded-old' : 'loaded'} aria-busy={report.loading}>
      {children(report.data)}
    </div>
  );
}
