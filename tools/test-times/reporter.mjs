import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../paths.mjs';

/** Where `cpu.ts` writes, and what stays of the last run: both under the root, neither in git. */
export const CPU_FILE = join(root, 'test-times.jsonl');
export const REPORT_FILE = join(root, 'test-times.json');
const SHOWN = 20;

/** A reporter of vitest: how long each test file took, wall time by vitest and CPU by `cpu.ts`. The slowest are printed. */
export default class TestTimes {
  onTestRunStart() {
    this.began = performance.now();
    rmSync(CPU_FILE, { force: true });
  }

  onTestRunEnd(modules) {
    const cpu = readCpu();
    const files = modules
      .map((module) => ({
        file: relative(root, module.moduleId),
        process: module.project.name,
        tests: [...module.children.allTests()].length,
        wallS: seconds(wallMs(module.diagnostic())),
        cpuS: seconds(cpu.get(module.moduleId) ?? 0),
      }))
      .sort((a, b) => b.wallS - a.wallS);
    const wallS = seconds(performance.now() - this.began);
    const cpuS = seconds([...cpu.values()].reduce((sum, ms) => sum + ms, 0));
    writeFileSync(REPORT_FILE, `${JSON.stringify({ wallS, cpuS, files }, null, 1)}\n`);
    rmSync(CPU_FILE, { force: true });
    if (files.length > 1) process.stdout.write(table(files, { wallS, cpuS }));
  }
}

/**
 * @param {{ file: string, process: string, tests: number, wallS: number, cpuS: number }[]} files the slowest first
 * @param {{ wallS: number, cpuS: number }} run
 */
export function table(files, run) {
  const shown = files.slice(0, SHOWN);
  const width = Math.max(...shown.map(({ file }) => file.length));
  const line = (file, tests, wall, cpu, process) =>
    `${file.padEnd(width)} ${tests.padStart(6)} ${wall.padStart(8)} ${cpu.padStart(8)}  ${process}`.trimEnd();
  return [
    '',
    `The slowest of ${files.length} files in ${run.wallS} s (CPU ${run.cpuS} s); all of them: ${relative(root, REPORT_FILE)}`,
    line('', 'tests', 'wall, s', 'CPU, s', 'process'),
    ...shown.map(({ file, tests, wallS, cpuS, process }) =>
      line(file, String(tests), wallS.toFixed(1), cpuS.toFixed(1), process),
    ),
    '',
    '',
  ].join('\n');
}

function wallMs({ environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration }) {
  return environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration;
}

/** CPU in ms by path. A file that was run twice counts twice. */
function readCpu() {
  const cpu = new Map();
  for (const line of readLines(CPU_FILE)) {
    const { testPath, cpuMs } = JSON.parse(line);
    cpu.set(testPath, (cpu.get(testPath) ?? 0) + cpuMs);
  }
  return cpu;
}

function readLines(file) {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

function seconds(ms) {
  return Math.round(ms / 100) / 10;
}
