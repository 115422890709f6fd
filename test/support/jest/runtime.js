// Keeps modules loaded from test file to test file, except those of the tests themselves. A file that replaces modules by
// `jest.isolateModules` has them all for itself, and so has each file when coverage is measured.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const Runtime = require('jest-runtime').default;

const kept = new Map();
let current;

module.exports = class SharedRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    current = this;
    this.isAlone =
      this._coverageOptions.collectCoverage || /\bjest\.isolateModules\(/.test(readFileSync(this._testPath, 'utf8'));
    if (!this.isAlone) {
      this.registries.moduleRegistry = kept;
    }
  }

  /** A kept module that loads another one late does so for the test file that runs now. */
  requireModuleOrMock(from, moduleName) {
    return current === this
      ? super.requireModuleOrMock(from, moduleName)
      : current.requireModuleOrMock(from, moduleName);
  }

  teardown() {
    if (!this.isAlone) {
      const tests = join(this._config.rootDir, 'test/');
      [...kept.keys()].filter(path => path.startsWith(tests)).forEach(path => kept.delete(path));
      this.registries.moduleRegistry = new Map();
    }
    super.teardown();
  }
};
