import { Button, Spin } from 'antd';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { onKeys } from '#renderer/components/ime.ts';
import { call, failureFrom, shell } from '#renderer/state/bureau.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { Attachment } from '#shared/api/types.ts';
import { viewerText as say } from '#shared/text/attachments.ts';
import { errorText } from '#shared/text/errors.ts';
import { commonText } from '#shared/text/window.ts';

type Props = { rows: readonly Attachment[]; start: number; onClose(): void };
type Size = { width: number; height: number };

const steps = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6];

/** Pictures one after the other over the whole window; a PDF opens in a window of its own from here. */
export function AttachmentViewer({ rows, start, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const [index, setIndex] = useState(start);
  const [zoom, setZoom] = useState<number | null>(null);
  const [turns, setTurns] = useState(0);
  /** Somebody asked for a print, which the program does not do past its log. */
  const [isToldWay, setToldWay] = useState(false);
  const [room, setRoom] = useState<Size>({ width: 1, height: 1 });
  const row = rows[index];
  const picture = usePicture(row);

  useLayoutEffect(() => {
    // A dialog that is not open yet has no size.
    dialog.current?.showModal();
    const measure = () => {
      const { clientWidth = 1, clientHeight = 1 } = stage.current ?? {};
      setRoom({ width: clientWidth, height: clientHeight });
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  // A button at the end of the row is switched off, and takes no keys any more
  useLayoutEffect(() => stage.current?.focus(), [index]);
  if (!row) return null;

  const go = (step: number) => {
    const next = index + step;
    if (next < 0 || next >= rows.length) return;
    setIndex(next);
    setToldWay(false);
    setZoom(null);
    setTurns(0);
  };
  const { natural } = picture;
  const sheet = natural && turns % 2 === 1 ? { width: natural.height, height: natural.width } : natural;
  const scale = zoom ?? (sheet ? Math.min(1, room.width / sheet.width, room.height / sheet.height) : 1);
  const larger = () => setZoom(steps.find((step) => step > scale + 0.001) ?? scale);
  const smaller = () => setZoom([...steps].reverse().find((step) => step < scale - 0.001) ?? scale);
  const openPdf = () =>
    shell('shell.viewPdf', { id: row.id }).catch((caught) => picture.fail(failureFrom(caught)));
  const acts: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => go(-1),
    ArrowRight: () => go(1),
    '+': larger,
    '=': larger,
    '-': smaller,
    '0': () => setZoom(null),
    r: () => setTurns((turns + 1) % 4),
    R: () => setTurns((turns + 1) % 4),
  };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey && /^[ps]$/i.test(event.key)) {
      event.preventDefault();
      return setToldWay(true);
    }
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <dialog
      ref={dialog}
      className="viewer"
      aria-label={say.label(row.title)}
      onClose={onClose}
      onKeyDown={onKeys(keys)}
    >
      <header className="viewer-head">
        <strong className="viewer-title">{row.title}</strong>
        <span role="status">{say.place(index + 1, rows.length)}</span>
        <Button size="small" disabled={index === 0} onClick={() => go(-1)}>
          {say.previous}
        </Button>
        <Button size="small" disabled={index === rows.length - 1} onClick={() => go(1)}>
          {say.next}
        </Button>
        <span className="stretch" />
        <Button size="small" disabled={!natural} onClick={smaller}>
          {say.smaller}
        </Button>
        <span className="viewer-zoom">{natural && say.zoom(Math.round(scale * 100))}</span>
        <Button size="small" disabled={!natural} onClick={larger}>
          {say.larger}
        </Button>
        <Button size="small" disabled={!natural} onClick={() => setZoom(null)}>
          {say.fit}
        </Button>
        <Button size="small" disabled={!natural} onClick={() => setTurns((turns + 1) % 4)}>
          {say.rotate}
        </Button>
        <Button size="small" type="primary" onClick={() => dialog.current?.close()}>
          {commonText.close}
        </Button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <div ref={stage} className="viewer-stage" tabIndex={0} data-testid="viewer-stage">
        {picture.isPdf && (
          <p className="viewer-note">
            {say.isPdf}{' '}
            <Button size="small" onClick={() => void openPdf()}>
              {say.openPdf}
            </Button>
          </p>
        )}
        {picture.failure && (
          <p role="alert" className="viewer-note">
            {errorText(picture.failure)}
          </p>
        )}
        {picture.isBroken && (
          <p role="alert" className="viewer-note">
            {say.unshowable}
          </p>
        )}
        {picture.isLoading && <Spin className="centre" />}
        {picture.address !== null && !picture.isBroken && (
          <div
            className="viewer-sheet"
            style={sheet ? { width: sheet.width * scale, height: sheet.height * scale } : undefined}
          >
            <img
              key={picture.address}
              src={picture.address}
              alt={row.title}
              className="viewer-picture"
              hidden={!natural}
              style={
                natural
                  ? {
                      width: natural.width * scale,
                      height: natural.height * scale,
                      transform: `translate(-50%, -50%) rotate(${turns * 90}deg)`,
                    }
                  : undefined
              }
              onLoad={(event) => picture.arrive(event.currentTarget)}
              onError={picture.breakDown}
            />
          </div>
        )}
      </div>
      <footer className="viewer-foot" role="status">
        {isToldWay ? say.noPrint : say.keys}
      </footer>
    </dialog>
  );
}

type Picture = {
  of: string;
  address: string | null;
  natural: Size | null;
  failure: Failure | null;
  isBroken: boolean;
};

/** The address of one picture at a time. It answers once, so it is asked for anew whenever the picture changes. */
function usePicture(row: Attachment | undefined) {
  const id = row?.id ?? '';
  const isPdf = row?.mediaType === 'application/pdf';
  const blank: Picture = { of: id, address: null, natural: null, failure: null, isBroken: false };
  const [known, setKnown] = useState<Picture>(blank);
  const current = known.of === id ? known : blank;
  const put = (more: Partial<Picture>) =>
    setKnown((before) => ({ ...(before.of === id ? before : blank), ...more }));
  useEffect(() => {
    if (id === '' || isPdf) return;
    let isGone = false;
    call('attachment.view', { id }).then(
      ({ address }) => isGone || setKnown({ of: id, address, natural: null, failure: null, isBroken: false }),
      (caught) =>
        isGone ||
        setKnown({ of: id, address: null, natural: null, failure: failureFrom(caught), isBroken: false }),
    );
    return () => {
      isGone = true;
    };
  }, [id, isPdf]);
  return {
    ...current,
    isPdf,
    isLoading: !isPdf && !current.failure && !current.isBroken && current.natural === null,
    arrive: ({ naturalWidth: width, naturalHeight: height }: HTMLImageElement) =>
      put({ natural: { width, height } }),
    breakDown: () => put({ isBroken: true }),
    fail: (failure: Failure) => put({ failure }),
  };
}
