import { billsContract } from './bills.contract.js';
import { budgetsContract } from './budgets.contract.js';
import { settleContract } from './settle.contract.js';
import { onBothEngines } from './testing/use-archive.js';

onBothEngines([budgetsContract, settleContract, billsContract]);
