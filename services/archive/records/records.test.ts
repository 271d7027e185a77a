import { onBothEngines } from '../testing/use-archive.js';
import { recordsContract } from './records.contract.js';

onBothEngines([recordsContract]);
