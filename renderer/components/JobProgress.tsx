import { Button } from 'antd';
import { commonText, jobText } from '#shared/text/window.ts';

type Props = {
  label: string;
  /** Null as long as nothing is known of it. */
  progress: { done: number; total: number } | null;
  onStop(): void;
};

/** How far a long job is, and the way to stop it. */
export function JobProgress({ label, progress, onStop }: Props) {
  return (
    <div className="job">
      <progress
        className="job-bar"
        aria-label={label}
        {...(progress ? { value: progress.done, max: progress.total } : {})}
      />
      <span className="quiet" role="status">
        {progress
          ? jobText.share(label, Math.floor((100 * progress.done) / progress.total))
          : jobText.begins(label)}
      </span>
      <Button size="small" disabled={progress === null} onClick={onStop}>
        {commonText.stop}
      </Button>
    </div>
  );
}
