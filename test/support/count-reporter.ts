import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one plain line that any tool can read, `N passed, N failed`; what was skipped is on the line before. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 }
    for (const module of modules) {
      // A file that could not even be loaded has no tests, but it failed.
      if (module.state() === 'failed' && module.errors().length > 0) counts.failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed' || state === 'failed' || state === 'skipped') counts[state] += 1
      }
    }
    counts.failed += unhandled.length
    if (counts.skipped > 0) process.stdout.write(`\n${counts.skipped} skipped`)
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`)
  }
}
