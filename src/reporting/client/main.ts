/// <reference lib="dom" />
import { startCost } from './cost';
import type { PageData } from './data';
import { startMatrix } from './matrix';
import { startWhatIf } from './what-if';

const data = JSON.parse(document.getElementById('data')?.textContent ?? '{}') as PageData;
startMatrix(data.explanations);
startWhatIf(data);
startCost();
