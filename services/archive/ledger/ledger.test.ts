import { billsContract } from './bills.contract.js';
import { budgetsContract } from './budgets.contract.js';
import { settleContract } from './settle.contract.js';
import { onBothEngines } from '../testing/use-archive.js';
import { waitsContract } from './waits.contract.js';

onBothEngines([budgetsContract, waitsContract, settleContract, billsContract]);
