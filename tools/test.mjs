/**
 * `npm test`: everything that must hold before a change lands, in the order in which it fails fastest. Needs nothing before
 * it but Node; says plainly what is skipped for want of a browser or of Python. The last line counts what ran.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild, ensureDependencies, ensureViewer } from './dependencies.mjs';
import { defaultViewerVersion } from './viewer.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const results = path.join(root, '.cache', 'test-results');
const total = { passed: 0, failed: 0, skipped: 0 };
const failedSteps = [];

function run(command, commandArguments, options = {}) {
  const { status, error } = spawnSync(command, commandArguments, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw error;
  return status ?? 1;
}

const bin = name => path.join(root, 'node_modules', '.bin', name);

function count(step, { passed, failed, skipped = 0 }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (failed > 0) failedSteps.push(step);
}

/** A tool that either agrees or not. */
function check(step, command, commandArguments) {
  console.log(`\n== ${step}`);
  const agreed = run(command, commandArguments) === 0;
  count(step, { passed: agreed ? 1 : 0, failed: agreed ? 0 : 1 });
}

function unit() {
  console.log('\n== unit tests');
  const file = path.join(results, 'unit.json');
  const status = run(process.execPath, [
    '--experimental-vm-modules',
    '--no-warnings',
    path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--json',
    `--outputFile=${file}`,
  ]);
  if (!existsSync(file)) return count('unit tests', { passed: 0, failed: 1 });
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  count('unit tests', {
    passed: report.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: report.numPendingTests,
  });
}

/** Node's own test runner, file after file: each drives one browser, and they would slow one another down. */
function browser() {
  console.log('\n== browser tests');
  const folder = path.join(root, 'test', 'e2e');
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.e2e.ts'))
    .sort()
    .map(name => path.join(folder, name));
  const tap = path.join(results, 'browser.tap');
  const status = run(process.execPath, [
    '--import',
    'tsx',
    '--test',
    '--test-concurrency=1',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${tap}`,
    ...files,
  ]);
  const text = existsSync(tap) ? readFileSync(tap, 'utf8') : '';
  const number = name => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const failed = number('fail') + number('cancelled');
  // A suite that is skipped as a whole is one; the runner's own sum leaves it out.
  const skipped = text.match(/^ *ok \d+ - .* # SKIP\b/gm)?.length ?? 0;
  count('browser tests', {
    passed: number('pass'),
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: skipped + number('todo'),
  });
}

async function python() {
  console.log('\n== Python tests of the training pipeline');
  const interpreter = process.env.SPA_PYTHON ?? 'python3';
  const probe = spawnSync(
    interpreter,
    ['-c', 'import torch, onnx, onnxruntime, numpy, scipy, PIL, pydicom'],
    {
      encoding: 'utf8',
    },
  );
  if (probe.status !== 0) {
    // Whoever names an interpreter wants these tests: there, their absence must not look like success.
    const named = process.env.SPA_PYTHON !== undefined;
    console.log(
      `${named ? 'Failed' : 'Skipped'}: ${interpreter} with the packages of models/training/requirements.txt is not here. ` +
        'Make a virtual environment with them and name its interpreter in SPA_PYTHON to run these tests.',
    );
    return count('Python tests', { passed: 0, failed: named ? 1 : 0, skipped: named ? 0 : 1 });
  }
  const folder = path.join(root, 'models', 'training');
  const modules = readdirSync(path.join(folder, 'tests')).flatMap(
    file => /^(test_.*)\.py$/.exec(file)?.[1] ?? [],
  );
  const shares = Math.min(availableParallelism(), 4);
  const runs = Array.from({ length: shares }, (_, share) =>
    unittest(
      interpreter,
      folder,
      modules.filter((_name, i) => i % shares === share),
    ),
  );
  for (const { status, output } of await Promise.all(runs)) {
    process.stdout.write(output);
    const number = pattern => Number(pattern.exec(output)?.[1] ?? 0);
    const failed = number(/failures=(\d+)/) + number(/errors=(\d+)/);
    const skipped = number(/skipped=(\d+)/);
    count('Python tests', {
      passed: number(/^Ran (\d+) tests?/m) - failed - skipped,
      failed: failed === 0 && status !== 0 ? 1 : failed,
      skipped,
    });
  }
}

/** One of several at a time, each on one core: these networks are too small to be faster on more. */
function unittest(interpreter, folder, modules) {
  return new Promise((resolve, reject) => {
    const tests = spawn(interpreter, ['-m', 'unittest', ...modules.map(name => `tests.${name}`)], {
      cwd: folder,
      env: { ...process.env, OMP_NUM_THREADS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    tests.stderr.setEncoding('utf8').on('data', part => (output += part));
    tests.on('error', reject).on('close', status => resolve({ status, output }));
  });
}

await ensureDependencies({ log: console.log });
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

check('format', bin('prettier'), ['--check', '.']);
check('types', bin('tsc'), ['--noEmit']);
check('lint', bin('eslint'), ['.']);
unit();
await python();

const { findChromium } = await import('./find-chromium.mjs');
try {
  findChromium();
  await ensureBuild({ log: console.log });
  await ensureViewer(defaultViewerVersion, { log: console.log });
  browser();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  count('browser tests', { passed: 0, failed: 1 });
}

if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
