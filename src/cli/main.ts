#!/usr/bin/env node
import { run } from './run';

// whoever reads may have seen enough
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? process.exitCode : 1));

process.exitCode = run(
  process.argv.slice(2),
  line => console.log(line),
  line => console.error(line),
  { isColored: process.stdout.isTTY && !process.env.NO_COLOR },
);
