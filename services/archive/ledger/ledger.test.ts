import { onBothEngines } from '../testing/use-archive.js';
import { billsContract } from './bills.contract.js';
import { budgetsContract } from './budgets.contract.js';
import { chatMoneyContract } from './chats.contract.js';
import { costsContract } from './costs.contract.js';
import { settleContract } from './settle.contract.js';
import { waitsContract } from './waits.contract.js';

onBothEngines([
  budgetsContract,
  waitsContract,
  settleContract,
  costsContract,
  billsContract,
  chatMoneyContract,
]);
