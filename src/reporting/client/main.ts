/// <reference lib="dom" />
import { startContents } from './contents';
import { startCost } from './cost';
import { readData } from './data';
import { startMatrix } from './matrix';
import { startWhatIf } from './what-if';

const data = readData(document.getElementById('data'));
startMatrix(data.explanations);
startWhatIf(data);
startCost();
startContents();
