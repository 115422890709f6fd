// TypeScript to JavaScript by esbuild: the types are checked by `tsc`, once for all files.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync } = require('esbuild');

const options = {
  loader: 'ts',
  format: 'cjs',
  target: 'es2022',
  sourcemap: true,
  sourcesContent: false,
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
};
const itself = readFileSync(__filename);

module.exports = {
  process(source, path) {
    const { code, map } = transformSync(source, { ...options, sourcefile: path });
    // `jest.spyOn` can only replace what can be configured
    return { code: code.replace(/__defProp\((target, name|to, key), \{ /g, '$&configurable: true, '), map };
  },

  getCacheKey(source, path) {
    return createHash('sha256').update(itself).update(`\0${path}\0`).update(source).digest('hex');
  },
};
