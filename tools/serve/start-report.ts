import path from 'node:path';
import type { RunningServer } from './server';

interface StartReport {
  readonly server: Pick<RunningServer, 'url' | 'port' | 'scan'>;
  readonly wantedPort: number;
  readonly address: string;
  readonly demo: boolean;
  readonly data: string;
  readonly milliseconds: number;
}

const listed = 10;

/** The last lines of the start: what is served, what is not and why, where, and how to stop. */
export function describeStart({
  server,
  wantedPort,
  address,
  demo,
  data,
  milliseconds,
}: StartReport): string {
  const { scan, url, port } = server;
  const { studies, series, instances } = scan.index.counts();
  const shown = (file: string) => path.relative(data, file) || file;
  const source = demo ? 'the demo study' : data;
  return [
    '',
    `Serving ${source}: ${count(studies, 'study', 'studies')}, ${count(series, 'series', 'series')}, ${count(instances, 'instance', 'instances')}.`,
    ...(scan.skipped > 0
      ? [`Skipped ${count(scan.skipped, 'file that is', 'files that are')} not DICOM.`]
      : []),
    ...some(
      scan.broken.map(({ path: file, reason }) => `  ${shown(file)}: ${reason}`),
      `Left out ${count(scan.broken.length, 'broken file', 'broken files')}:`,
    ),
    ...some(
      scan.duplicates.map(
        ({ path: file, first, sopUid }) =>
          `  ${shown(file)} has the SOP Instance UID of ${shown(first)} (${sopUid})`,
      ),
      `Left out ${count(scan.duplicates.length, 'file that repeats another', 'files that repeat others')}; the first is served:`,
    ),
    ...(wantedPort !== 0 && port !== wantedPort
      ? [`Port ${wantedPort} is taken; this is the next free one.`]
      : []),
    ...(isOpen(address)
      ? [
          'Everyone who reaches this computer can see these images. Browsers on other computers need HTTPS in front of it,',
          'or they give the model one thread and no GPU.',
        ]
      : []),
    '',
    `    Open  ${url}`,
    '',
    `Ready in ${(milliseconds / 1000).toFixed(1)} s. Press Ctrl+C to stop.`,
  ].join('\n');
}

/** Reachable from other computers. */
function isOpen(address: string): boolean {
  return address !== 'localhost' && address !== '::1' && !address.startsWith('127.');
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function some(lines: readonly string[], title: string): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - listed;
  return [title, ...lines.slice(0, listed), ...(more > 0 ? [`  and ${more} more`] : [])];
}
