/**
 * Counts a run of vitest from its JSON report. Nothing is let off: a test that was skipped or is still to be written
 * counts as failed, and so does a file that could not be loaded, an error outside every test, and a run without tests.
 * @param {{ testResults: { name: string, status: string, message?: string, assertionResults: { status: string, fullName: string }[] }[] } | null} report
 *   null when vitest wrote none
 * @param {{ exitCode: number, filtered?: boolean }} run `filtered`: tests were picked by name, so the others are
 *   skipped on purpose
 * @returns {{ passed: number, failed: number, notes: string[] }} `notes` names each failure that vitest doesn't show as one
 */
export function tally(report, { exitCode, filtered = false }) {
  if (report === null)
    return { passed: 0, failed: 1, notes: [`vitest ended with code ${exitCode} and wrote no report`] };
  const files = report.testResults;
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
  const passed = tests.filter((test) => test.status === 'passed').length;
  const idle = tests.filter((test) => !['passed', 'failed'].includes(test.status) && !filtered);
  const unloaded = files.filter((file) => file.status === 'failed' && !file.assertionResults.some(hasFailed));
  let failed = tests.filter(hasFailed).length + idle.length + unloaded.length;
  const notes = [
    ...idle.map((test) => `not run (${test.status}): ${test.fullName} in ${test.file}`),
    ...unloaded.map((file) => `failed outside its tests: ${file.name}`),
  ];
  if (failed === 0 && passed === 0) notes.push('no test ran');
  else if (failed === 0 && exitCode !== 0)
    notes.push(`vitest ended with code ${exitCode}: an error outside every test, shown above`);
  failed = Math.max(failed, notes.length > 0 ? 1 : 0);
  return { passed, failed, notes };
}

function hasFailed(test) {
  return test.status === 'failed';
}
