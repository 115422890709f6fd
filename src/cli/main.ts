#!/usr/bin/env node
import { run } from './run';

process.exitCode = run(
  process.argv.slice(2),
  line => console.log(line),
  line => console.error(line),
  { isColored: process.stdout.isTTY && !process.env.NO_COLOR },
);
