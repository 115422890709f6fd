// TypeScript to JavaScript by esbuild: the types are checked by `tsc`, once for all files.
const { transformSync } = require('esbuild');

const options = {
  loader: 'ts',
  format: 'cjs',
  target: 'es2022',
  sourcemap: true,
  sourcesContent: false,
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
};

module.exports = {
  process(source, path) {
    const { code, map } = transformSync(source, { ...options, sourcefile: path });
    // `jest.spyOn` can only replace what can be configured
    return { code: code.replace('get: all[name], enumerable: true', '$&, configurable: true'), map };
  },
};
