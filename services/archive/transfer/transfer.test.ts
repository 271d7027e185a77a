import { onBothEngines } from '../testing/use-archive.js';
import { dumpContract } from './dump.contract.js';
import { loadContract } from './load.contract.js';

onBothEngines([dumpContract, loadContract]);
