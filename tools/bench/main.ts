import { bundleBytes } from '../../extension/src/inference/bundle/load-bundle';
import { findChromium } from '../find-chromium.mjs';
import { loadBundleFolder } from '../load-bundle-folder';
import { runTool } from '../run-tool';
import { parseBenchArguments, usage, type BenchOptions } from './arguments';
import { measureInBrowser } from './in-browser';
import { measureInNode } from './in-node';
import { report, type BackendReport } from './measurement';

interface BenchReport {
  readonly bundle: { readonly name: string; readonly version: string; readonly bytes: number };
  readonly backends: Readonly<Record<string, BackendReport>>;
  /** Only with --rounds: page and worker in MB after round 20 and at the end. */
  readonly memory?: { readonly rounds: number; readonly settledMB: number; readonly endMB: number };
}

await runTool(async () => {
  const options = parseBenchArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
    return;
  }
  const result = await bench(options);
  if (options.json) console.log(JSON.stringify(result));
});

async function bench({ bundle, repetitions, rounds }: BenchOptions): Promise<BenchReport> {
  // What is missing is told before anything is measured.
  const executablePath = findChromium();
  const { manifest } = await loadBundleFolder(bundle);
  const backends: Record<string, BackendReport> = {};
  const add = (backend: string, measured: BackendReport): void => {
    backends[backend] = measured;
    console.error(sentence(backend, measured));
  };
  console.error('node: measuring');
  add('node', report(await measureInNode(bundle, repetitions)));
  const browser = await measureInBrowser(executablePath, bundle, repetitions, rounds);
  for (const [backend, measured] of browser.measured) add(backend, report(measured));
  return {
    bundle: { name: manifest.name, version: manifest.version, bytes: bundleBytes(manifest) },
    backends,
    ...(browser.memory === null || rounds === null ? {} : { memory: memoryReport(browser.memory, rounds) }),
  };
}

function memoryReport(
  { settled, end }: { readonly settled: number; readonly end: number },
  rounds: number,
): NonNullable<BenchReport['memory']> {
  const [settledMB, endMB] = [settled, end].map(bytes => Math.round((bytes / 2 ** 20) * 10) / 10) as [
    number,
    number,
  ];
  console.error(`memory: ${settledMB} MB after round 20, ${endMB} MB after round ${rounds}`);
  return { rounds, settledMB, endMB };
}

function sentence(backend: string, measured: BackendReport): string {
  const { loadMs, encoderMs, firstRoundMs, roundMs, publishedRoundMs, ratio, peakMB } = measured;
  return (
    `${backend}: load ${loadMs} ms, encoder ${encoderMs} ms, first round ${firstRoundMs} ms, later ${roundMs.median} ms ` +
    `(p95 ${roundMs.p95}), published way ${publishedRoundMs} ms (${ratio} times), ${peakMB} MB`
  );
}
